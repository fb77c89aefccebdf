/* The files that a name may become which is typed so far: as a shell completes it. */
#ifndef CONSOLE_FILE_OFFERS_H
#define CONSOLE_FILE_OFFERS_H

#include "core/base/err.h"
#include "tui/console/names.h"

enum { FILE_OFFERS_MAX = 10000 }; /* entries of a folder that are looked at */

struct file_offers {
	struct names names; /* without their folder, sorted; a folder ends with a slash */
	struct buf more;    /* what all of them have behind what is typed */
	bool cut; /* the folder has more entries than were looked at: more is empty */
};
void file_offers_done(struct file_offers *offers);

/* Reads the folder that is typed, and no file. Hidden ones are offered once their dot is
 * typed; names that cannot be typed, never. */
bool file_offers_read(const char *typed, struct file_offers *ret, struct err *err)
	CHECKED;

#endif

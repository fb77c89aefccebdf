#include "db/machine.h"

#include <stdio.h>
#include <string.h>

#include "core/base/text.h"

enum { MACHINE_ID_SIZE = 40 };

#define SETTING_MACHINE "machine"
#define SETTING_COPY "copy" /* 1 in a backup, until it is opened to be written */

/* systemd's machine-id(5); empty where there is none. */
static void read_machine_id(char ret[MACHINE_ID_SIZE])
{
	ret[0] = '\0';
	FILE *file = fopen("/etc/machine-id", "re");
	if (file == NULL)
		return;
	if (fgets(ret, MACHINE_ID_SIZE, file) == NULL)
		ret[0] = '\0';
	ret[strcspn(ret, "\n")] = '\0';
	fclose(file);
}

static bool pause_because(struct store *store, const char *why, struct err *err)
{
	DEFER(buf_done)
	struct buf notice = BUF_INIT(1024);
	buf_addf(&notice,
		 "%s, so it is paused: updates queue, nothing is sent; make sure that no "
		 "other engine works for it, then `hublink mode live`",
		 why);
	return store_set_mode(store, MODE_PAUSED, db_now_ms(store), err) &&
	       db_set_setting_text(store, SETTING_NOTICE, buf_text(&notice), err) &&
	       store_audit(store, "mode", "database", 0, "", NULL, "paused", err);
}

static bool settle(struct store *store, const char *why, const char *machine,
		   struct err *err)
{
	DEFER(store_abort)
	struct transaction tx = { 0 };
	if (!store_begin(store, &tx, err))
		return false;
	if (why != NULL && !pause_because(store, why, err))
		return false;
	if (!store_set_fact(store, SETTING_COPY, 0, err) ||
	    !db_set_setting_text(store, SETTING_MACHINE, machine, err))
		return false;
	return store_commit(&tx, err);
}

/* NULL: it is where it was. */
static const char *reason_to_pause(bool is_copy, const char *here, const char *there)
{
	bool is_known = here[0] != '\0' && there[0] != '\0';
	if (is_copy)
		return "This database is a restored copy";
	return is_known && !text_equal(here, there)
		       ? "This database comes from another machine"
		       : NULL;
}

bool machine_settle(struct store *store, struct err *err)
{
	char here[MACHINE_ID_SIZE];
	read_machine_id(here);
	DEFER(buf_done) struct buf there = BUF_INIT(MACHINE_ID_SIZE);
	int64_t copy = 0;
	if (!db_setting_text(store, SETTING_MACHINE, &there, err) ||
	    !store_fact(store, SETTING_COPY, 0, &copy, err))
		return false;
	const char *why = reason_to_pause(copy != 0, here, buf_text(&there));
	store->moved = why != NULL && store->access == STORE_READ;
	bool is_new = there.len == 0 && here[0] != '\0';
	if (store->access == STORE_READ || (why == NULL && !is_new))
		return true;
	return settle(store, why, here, err);
}

bool machine_mark_copy(struct store *store, struct err *err)
{
	return store_set_fact(store, SETTING_COPY, 1, err);
}

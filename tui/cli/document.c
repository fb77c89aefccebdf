#include <errno.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/text.h"
#include "tui/cli/document.h"

enum { WALK_DEPTH = 4 };

static bool open_passing(struct trial *trial, struct cli *cli, struct err *err)
{
	DEFER(buf_done) struct buf path = BUF_INIT(sizeof(trial->folder) + 16);
	if (!text_copy(trial->folder, sizeof(trial->folder), "/tmp/hublink-XXXXXX"))
		return false;
	if (!mkdtemp(trial->folder)) {
		fail(err, ERR_FAILED, "A passing folder in /tmp: %s", strerror(errno));
		*trial->folder = '\0';
		return false;
	}
	buf_addf(&path, "%s/trial.db", trial->folder);
	if (store_open(buf_text(&path), STORE_CREATE, &cli->store, err))
		return true;
	trial_close(trial, cli);
	return false;
}

bool trial_open(struct trial *trial, struct cli *cli, struct err *err)
{
	*trial = (struct trial){ 0 };
	return cli_open_to_try(cli, err) ||
	       (err->code == ERR_NOT_FOUND && open_passing(trial, cli, err));
}

static int remove_entry(const char *path, const struct stat *stat, int type,
			struct FTW *walk)
{
	(void)stat;
	(void)type;
	(void)walk;
	return remove(path);
}

void trial_close(struct trial *trial, struct cli *cli)
{
	store_close(TAKE(cli->store));
	if (*trial->folder)
		nftw(trial->folder, remove_entry, WALK_DEPTH, FTW_DEPTH | FTW_PHYS);
}

int64_t document_count_lines(const struct buf *text)
{
	int64_t lines = 0;
	for (size_t i = 0; i < text->len; i++)
		lines += text->data[i] == '\n';
	return lines;
}

bool document_fail(const struct buf *faults)
{
	fputs(buf_text(faults), stderr);
	return false;
}

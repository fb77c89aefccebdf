#include "tests/support/place.h"

#include <ftw.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tests/support/check.h"

void place_must(bool ok, const struct err *err)
{
	if (!ok)
		fail_msg("code %d: %s", (int)err->code, err->text);
}

void place_in_memory(void)
{
	if (access("/dev/shm", W_OK) == 0)
		setenv("TMPDIR", "/dev/shm", 0);
}

void place_init(struct place *place)
{
	const char *above = getenv("TMPDIR");
	*place = (struct place){ 0 };
	snprintf(place->folder, sizeof(place->folder), "%s/hublink-test-XXXXXX",
		 above != NULL ? above : "/tmp");
	assert_non_null(mkdtemp(place->folder));
	(void)snprintf(place->path, sizeof(place->path), "%s/hublink.db", place->folder);
}

void place_open(struct place *place, enum store_access access)
{
	struct err err = { 0 };
	place_close(place);
	place_must(store_open(place->path, access, &place->store, &err), &err);
}

void place_close(struct place *place)
{
	store_close(place->store);
	place->store = NULL;
}

static int remove_one(const char *path, const struct stat *st, int type, struct FTW *at)
{
	(void)st;
	(void)type;
	(void)at;
	return remove(path);
}

void place_done(struct place *place)
{
	place_close(place);
	nftw(place->folder, remove_one, 8, FTW_DEPTH | FTW_PHYS);
}

void place_read(const char *path, struct buf *ret)
{
	FILE *file = fopen(path, "rb");
	assert_non_null(file);
	char bytes[4096];
	size_t got;
	while ((got = fread(bytes, 1, sizeof(bytes), file)) > 0)
		buf_add(ret, bytes, got);
	fclose(file);
}

unsigned place_mode(const char *path)
{
	struct stat st;
	assert_int_equal(lstat(path, &st), 0);
	return st.st_mode & 07777;
}

static int add_row(void *arg, int columns, char **values, char **names)
{
	(void)names;
	for (int i = 0; i < columns; i++)
		buf_addf(arg, "%s%s", i == 0 ? "" : "|",
			 values[i] == NULL ? "NULL" : values[i]);
	buf_addc(arg, '\n');
	return 0;
}

bool place_sql(const struct place *place, const char *sql, struct buf *ret_text)
{
	sqlite3 *connection = NULL;
	assert_int_equal(
		sqlite3_open_v2(place->path, &connection, SQLITE_OPEN_READWRITE, NULL),
		SQLITE_OK);
	sqlite3_busy_timeout(connection, 1000);
	sqlite3_db_config(connection, SQLITE_DBCONFIG_ENABLE_FKEY, 1, NULL);
	char *why = NULL;
	int code = sqlite3_exec(connection, sql, ret_text == NULL ? NULL : add_row,
				ret_text, &why);
	if (code != SQLITE_OK && ret_text != NULL)
		buf_adds(ret_text, why);
	sqlite3_free(why);
	sqlite3_close(connection);
	return code == SQLITE_OK;
}

const char place_example[] =
	"{\"hublink\": 1,"
	" \"monitors\": ["
	"  {\"name\": \"Shop\", \"guid\": \"0b1f\", \"groups\": [\"web\"],"
	"   \"check\": {\"type\": \"http\", \"target\": \"https://shop.example/\", "
	"\"every\": \"1m\"}},"
	"  {\"name\": \"Nightly batch\"}],"
	" \"integrations\": ["
	"  {\"name\": \"Statushub\", \"type\": \"statushub\", \"payload\": \"uptrends\","
	"   \"storm\": {\"max_new\": 5, \"within\": \"10m\", \"release_after\": \"30m\"},"
	"   \"services\": [{\"name\": \"Website\","
	"    \"url\": "
	"\"https://hooks.statushub.io/hooks/uptrends?token=598f3b0da9ba4738\"}]}],"
	" \"alert_definitions\": ["
	"  {\"name\": \"Default\", \"monitors\": [\"Nightly batch\"], \"groups\": "
	"[\"web\"],"
	"   \"levels\": [{\"level\": 1, \"after\": {\"errors\": 2}, \"integrations\": ["
	"    {\"integration\": \"Statushub\", \"active\": true, \"links\": ["
	"     {\"monitor\": \"Shop\", \"service\": \"Website\"},"
	"     {\"monitor\": \"Nightly batch\", \"service\": \"Website\"}]}]}]}]}";

enum { REPORT_MAX = 1 << 20 };

static bool import(struct place *place, const char *document,
		   const struct import_options *options, struct buf *plan,
		   struct buf *faults, struct err *err)
{
	return store_import(place->store, document, strlen(document), options, plan,
			    faults, err);
}

static void import_well(struct place *place, const char *document, bool prune,
			struct buf *ret_plan)
{
	struct err err = { 0 };
	DEFER(buf_done) struct buf faults = BUF_INIT(REPORT_MAX);
	const struct import_options options = { .prune = prune };
	if (!import(place, document, &options, ret_plan, &faults, &err))
		fail_msg("code %d: %s\n%s", (int)err.code, err.text, buf_text(&faults));
}

void place_import(struct place *place, const char *document, bool prune)
{
	DEFER(buf_done) struct buf plan = BUF_INIT(REPORT_MAX);
	import_well(place, document, prune, &plan);
}

void place_must_plan(struct place *place, const char *document, bool prune,
		     const char *wanted)
{
	DEFER(buf_done) struct buf plan = BUF_INIT(REPORT_MAX);
	import_well(place, document, prune, &plan);
	assert_string_equal(buf_text(&plan), wanted);
}

void place_must_refuse(struct place *place, const char *document, const char *secrets,
		       const char *wanted)
{
	struct err err = { 0 };
	DEFER(buf_done) struct buf before = BUF_INIT(REPORT_MAX);
	DEFER(buf_done) struct buf after = BUF_INIT(REPORT_MAX);
	DEFER(buf_done) struct buf plan = BUF_INIT(REPORT_MAX);
	DEFER(buf_done) struct buf faults = BUF_INIT(REPORT_MAX);
	const struct import_options options = { .secrets = secrets };
	place_export(place, &before);
	assert_false(import(place, document, &options, &plan, &faults, &err));
	assert_int_equal(err.code, ERR_INVALID);
	assert_string_equal(buf_text(&faults), wanted);
	place_export(place, &after);
	assert_string_equal(buf_text(&before), buf_text(&after));
}

void place_must_read(const struct place *place, const char *sql, const char *wanted)
{
	DEFER(buf_done) struct buf rows = BUF_INIT(REPORT_MAX);
	assert_true(place_sql(place, sql, &rows));
	assert_string_equal(buf_text(&rows), wanted);
}

void place_export(struct place *place, struct buf *ret)
{
	struct err err = { 0 };
	place_must(store_export(place->store, true, ret, &err), &err);
}

int64_t place_fact(struct store *store, const char *name)
{
	struct err err = { 0 };
	int64_t value = 0;
	place_must(store_fact(store, name, -1, &value, &err), &err);
	return value;
}

/* ---- fixtures ---- */

int place_set_up(void **state)
{
	place_init(*state);
	return 0;
}

int place_set_up_store(void **state)
{
	place_init(*state);
	place_open(*state, STORE_CREATE);
	return 0;
}

int place_set_up_example(void **state)
{
	(void)place_set_up_store(state);
	place_import(*state, place_example, false);
	return 0;
}

int place_tear_down(void **state)
{
	place_done(*state);
	return 0;
}

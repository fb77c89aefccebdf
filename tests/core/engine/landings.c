/* R13, I6: what was accepted before a kill is not sent again, wherever the kill came. */
#include "core/engine/landings.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/log.h"
#include "tests/support/check.h"
#include "tests/support/engine_rig.h"

enum { PLACES = 4, ENTRY_SIZE = 80 };

struct scene {
	struct rig *rig;
	char folder[64], database[128], file[160];
	struct landings *landings;
};

/* ---- the scene ---- */

static void watch(struct scene *scene)
{
	scene->landings = landings_open(scene->database, PLACES);
	assert_non_null(scene->landings);
	engine_note(scene->rig->engine, scene->landings);
}

static int open_scene(void **state)
{
	struct scene *scene = calloc(1, sizeof(*scene));
	void *rig;
	(void)rig_open(&rig);
	scene->rig = rig;
	snprintf(scene->folder, sizeof(scene->folder), "/tmp/hublink-landings-XXXXXX");
	assert_non_null(mkdtemp(scene->folder));
	snprintf(scene->database, sizeof(scene->database), "%s/a.db", scene->folder);
	snprintf(scene->file, sizeof(scene->file), "%s-landed", scene->database);
	watch(scene);
	*state = scene;
	return 0;
}

static int close_scene(void **state)
{
	struct scene *scene = *state;
	void *rig = scene->rig;
	landings_close(scene->landings);
	unlink(scene->file);
	rmdir(scene->folder);
	(void)rig_close(&rig);
	free(scene);
	return 0;
}

/* What is in flight is accepted, and the engine gets to know; then it is killed before it
 * stores that. */
static void kill_when_accepted(struct scene *scene)
{
	fake_answer_all(scene->rig->fake, 200);
	world_must(engine_perform(scene->rig->engine, err));
	rig_kill(scene->rig);
	landings_close(scene->landings);
	scene->landings = NULL;
}

static void start_again(struct scene *scene)
{
	struct landings *before = landings_open(scene->database, PLACES);
	assert_non_null(before);
	scene->rig->w->now_ms += 5000;
	world_must(
		landings_store(before, scene->rig->w->store, scene->rig->w->now_ms, err));
	landings_close(before);
	rig_start(scene->rig, 64);
	watch(scene);
	rig_turn(scene->rig);
}

static void overwrite(struct scene *scene, long at, const char *bytes, size_t count)
{
	int fd = open(scene->file, O_WRONLY | O_CLOEXEC);
	assert_true(fd >= 0);
	assert_int_equal(pwrite(fd, bytes, count, at), count);
	close(fd);
}

/* ---- tests ---- */

static void engine__does_not_send_again__what_was_accepted_before_a_kill(
	void **state) /* R13 */
{
	struct scene *scene = *state;
	rig_error(scene->rig, "Shop");
	rig_turn(scene->rig);
	assert_int_equal(fake_in_flight(scene->rig->fake), 1);
	kill_when_accepted(scene);
	expect_number(scene->rig->w, "SELECT count(*) FROM attempt", 0);

	start_again(scene);
	assert_int_equal(scene->rig->fake->count, 0);
	expect_number(
		scene->rig->w,
		"SELECT count(*) FROM delivery WHERE state = 3 AND attempts = 1 AND "
		"ambiguous = 0",
		1);
	expect_number(scene->rig->w,
		      "SELECT count(*) FROM attempt WHERE http_status = 200 AND at_ms = "
		      "(SELECT sent_ms FROM delivery)",
		      1);
	expect_incidents(scene->rig->w, "Website investigating");
}

static void engine__sends_what_waited_behind_it__after_a_kill(void **state) /* R12 */
{
	struct scene *scene = *state;
	rig_error(scene->rig, "Shop");
	scene->rig->w->now_ms += 1000;
	rig_ok(scene->rig, "Shop");
	rig_turn(scene->rig);
	kill_when_accepted(scene);
	start_again(scene);
	assert_int_equal(scene->rig->fake->count, 1);
	assert_non_null(strstr(scene->rig->fake->sent[0].body, "monitoring"));
}

static void engine__stores_it_once__however_often_it_is_killed(void **state)
{
	struct scene *scene = *state;
	rig_error(scene->rig, "Shop");
	rig_turn(scene->rig);
	kill_when_accepted(scene);
	for (int i = 0; i < 3; i++) {
		start_again(scene);
		assert_int_equal(scene->rig->fake->count, 0);
		kill_when_accepted(scene);
	}
	expect_number(scene->rig->w, "SELECT count(*) FROM attempt", 1);
}

/* It was stored, and the engine killed then. */
static void engine__leaves_alone__what_was_stored(void **state)
{
	struct scene *scene = *state;
	rig_error(scene->rig, "Shop");
	rig_turn(scene->rig);
	fake_answer_all(scene->rig->fake, 200);
	world_must(engine_perform(scene->rig->engine, err));
	rig_turn(scene->rig);
	kill_when_accepted(scene);
	start_again(scene);
	expect_number(scene->rig->w, "SELECT count(*) FROM attempt", 1);
}

static void engine__sends_again__what_was_refused_or_not_answered(void **state)
{
	struct scene *scene = *state;
	rig_add_services(scene->rig, 1);
	rig_error(scene->rig, "Shop");
	rig_turn(scene->rig);
	fake_answer(scene->rig->fake, fake_find(scene->rig->fake, "/Website"), 503);
	kill_when_accepted(scene);
	start_again(scene);
	assert_string_equal(fake_paths(scene->rig->fake), "/Website");
	expect_number(scene->rig->w, "SELECT count(*) FROM delivery WHERE state = 3", 1);
}

/* An operator cancelled it between the kill and the start: the page has read it, so its
 * incident is open again, as with any update that was found public. */
static void engine__knows_it_public__although_it_was_cancelled_meanwhile(
	void **state) /* R16, R22 */
{
	struct scene *scene = *state;
	struct delivery sent;
	rig_error(scene->rig, "Shop");
	rig_turn(scene->rig);
	kill_when_accepted(scene);
	world_must(store_delivery_get(scene->rig->w->store,
				      world_last_delivery(scene->rig->w), &sent, err));
	sent.state = DELIVERY_CANCELLED;
	world_must(store_delivery_put(scene->rig->w->store, &sent, err));
	start_again(scene);
	expect_number(scene->rig->w, "SELECT reach FROM incident", REACH_YES);
	expect_number(scene->rig->w, "SELECT is_published FROM incident", 1);
}

static void landings__are_kept__more_than_there_are_places_for(void **state)
{
	struct scene *scene = *state;
	rig_add_services(scene->rig, PLACES);
	rig_error(scene->rig, "Shop");
	rig_turn(scene->rig);
	assert_int_equal(fake_in_flight(scene->rig->fake), PLACES + 1);
	kill_when_accepted(scene);
	start_again(scene);
	/* The oldest one is gone, the others are there. */
	assert_int_equal(scene->rig->fake->count, 1);
	expect_number(scene->rig->w, "SELECT count(*) FROM delivery WHERE state = 3",
		      PLACES);
}

static void landings__are_not_believed__when_they_are_damaged(void **state)
{
	struct scene *scene = *state;
	rig_error(scene->rig, "Shop");
	rig_turn(scene->rig);
	kill_when_accepted(scene);
	for (long at = 0; at < ENTRY_SIZE; at++) {
		char byte;
		int fd = open(scene->file, O_RDONLY | O_CLOEXEC);
		assert_int_equal(pread(fd, &byte, 1, at), 1);
		close(fd);
		overwrite(scene, at, &(char){ (char)(byte ^ 1) }, 1);
		struct landings *damaged = landings_open(scene->database, PLACES);
		world_must(landings_store(damaged, scene->rig->w->store,
					  scene->rig->w->now_ms, err));
		landings_close(damaged);
		overwrite(scene, at, &byte, 1);
	}
	expect_number(scene->rig->w, "SELECT count(*) FROM attempt", 0);
	assert_int_equal(truncate(scene->file, ENTRY_SIZE / 2), 0);
	start_again(scene);
	assert_int_equal(scene->rig->fake->count, 1);
}

/* The number of another database's update, or of one that was deleted. */
static void landings__are_not_taken__for_another_update(void **state)
{
	struct scene *scene = *state;
	rig_error(scene->rig, "Shop");
	rig_turn(scene->rig);
	kill_when_accepted(scene);
	world_sql(scene->rig->w, "UPDATE delivery SET key = 'another'");
	start_again(scene);
	assert_int_equal(scene->rig->fake->count, 1);
}

static void landings__are_for_their_owner__and_go_with_a_clean_end(void **state)
{
	struct scene *scene = *state;
	struct stat file;
	assert_int_equal(stat(scene->file, &file), 0);
	assert_int_equal(file.st_mode & 0777, 0600);
	landings_remove(scene->landings);
	assert_int_equal(access(scene->file, F_OK), -1);
}

/* R13: the disk may be full when the answer comes. */
static void landings__have_their_room__before_they_need_it(void **state)
{
	struct scene *scene = *state;
	struct stat file;
	assert_int_equal(stat(scene->file, &file), 0);
	assert_true(file.st_blocks * 512 >= PLACES * ENTRY_SIZE);
}

static void landings__are_opened__where_there_is_no_room_for_them(void **state)
{
	struct scene *scene = *state;
	const struct rlimit none = { 0, RLIM_INFINITY };
	struct rlimit before;
	landings_close(scene->landings);
	unlink(scene->file);
	signal(SIGXFSZ, SIG_IGN);
	assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &none), 0);
	scene->landings = landings_open(scene->database, PLACES);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
	assert_non_null(scene->landings);
}

static void engine__works_without__when_the_file_cannot_be_had(void **state)
{
	struct scene *scene = *state;
	char nowhere[160];
	snprintf(nowhere, sizeof(nowhere), "%s/nowhere/a.db", scene->folder);
	log_set_level(LOG_LEVEL_ERROR);
	assert_null(landings_open(nowhere, PLACES));
	log_set_level(LOG_LEVEL_INFO);
	engine_note(scene->rig->engine, NULL);
	rig_error(scene->rig, "Shop");
	rig_turn(scene->rig);
	fake_answer_all(scene->rig->fake, 200);
	world_must(engine_perform(scene->rig->engine, err));
	rig_turn(scene->rig);
	assert_true(scene->rig->turn.idle);
	world_must(landings_store(NULL, scene->rig->w->store, 0, err));
	landings_remove(NULL);
	landings_close(NULL);
}

/* A link in the file's place leads nowhere. */
static void landings__do_not_follow__a_link(void **state)
{
	struct scene *scene = *state;
	landings_remove(scene->landings);
	assert_int_equal(symlink("/dev/null", scene->file), 0);
	log_set_level(LOG_LEVEL_ERROR);
	assert_null(landings_open(scene->database, PLACES));
	log_set_level(LOG_LEVEL_INFO);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, open_scene, close_scene)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(engine__does_not_send_again__what_was_accepted_before_a_kill),
		TEST(engine__sends_what_waited_behind_it__after_a_kill),
		TEST(engine__stores_it_once__however_often_it_is_killed),
		TEST(engine__leaves_alone__what_was_stored),
		TEST(engine__sends_again__what_was_refused_or_not_answered),
		TEST(engine__knows_it_public__although_it_was_cancelled_meanwhile),
		TEST(landings__are_kept__more_than_there_are_places_for),
		TEST(landings__are_not_believed__when_they_are_damaged),
		TEST(landings__are_not_taken__for_another_update),
		TEST(landings__are_for_their_owner__and_go_with_a_clean_end),
		TEST(landings__have_their_room__before_they_need_it),
		TEST(landings__are_opened__where_there_is_no_room_for_them),
		TEST(engine__works_without__when_the_file_cannot_be_had),
		TEST(landings__do_not_follow__a_link),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

/* F11: damaged images of a database. Nothing crashes; each is opened, or refused with a
 * sentence and left as it was; what can be opened is read and written, or says why not. */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/base/clock.h"
#include "core/base/random.h"
#include "core/judge/judge.h"
#include "tests/support/chance.h"
#include "tests/support/check.h"
#include "tests/support/fleet.h"

enum {
	IMAGES = 10000,
	HUNTED = 1000000,
	OF_A_CHILD = 500,
	PAGE = 4096,
	WRITES_IN = 9, /* one image in so many is also written to, */
	READS_IN = 7,  /* and one read whole */
	PATIENCE_S = 60,
	IMAGE_MAX_BYTES = 8 << 20,
};

HISTORIES_ARE_SHORT

static struct fleet fleet;
static struct buf whole;   /* the image before it is damaged */
static struct buf damaged; /* after it */

/* ---- damage ---- */

static size_t anywhere(uint64_t *seed, size_t end)
{
	return (size_t)(random_step(seed) % end);
}

static void flip_bit(uint64_t *seed)
{
	damaged.data[anywhere(seed, damaged.len)] ^= (char)(1 << anywhere(seed, 8));
}

/* Where most of what SQLite believes stands. */
static void change_header(uint64_t *seed)
{
	damaged.data[anywhere(seed, 100)] = (char)random_step(seed);
}

static void change_head_of_page(uint64_t *seed)
{
	size_t page = anywhere(seed, damaged.len / PAGE);
	damaged.data[page * PAGE + anywhere(seed, 16)] = (char)random_step(seed);
}

static void empty_sector(uint64_t *seed)
{
	memset(damaged.data + anywhere(seed, damaged.len / 512) * 512, 0, 512);
}

static void empty_page(uint64_t *seed)
{
	memset(damaged.data + anywhere(seed, damaged.len / PAGE) * PAGE, 0, PAGE);
}

static void repeat_page(uint64_t *seed)
{
	size_t pages = damaged.len / PAGE;
	memmove(damaged.data + anywhere(seed, pages) * PAGE,
		damaged.data + anywhere(seed, pages) * PAGE, PAGE);
}

static void cut_off(uint64_t *seed)
{
	damaged.len = anywhere(seed, damaged.len);
}

static void write_text(uint64_t *seed)
{
	size_t at = anywhere(seed, damaged.len - PAGE);
	memset(damaged.data + at, 'x', anywhere(seed, PAGE));
}

static void damage(uint64_t seed)
{
	static void (*const ways[])(uint64_t *) = { flip_bit,     change_header,
						    empty_sector, change_head_of_page,
						    empty_page,   repeat_page,
						    cut_off,      write_text };
	buf_reset(&damaged);
	buf_add(&damaged, whole.data, whole.len);
	int times = 1 + (int)anywhere(&seed, 3);
	size_t way = anywhere(&seed, COUNT_OF(ways));
	for (int i = 0; i < times && damaged.len > 2 * PAGE; i++)
		ways[way](&seed);
}

/* ---- what is done to an image ---- */

static void write_image(void)
{
	char side[PLACE_PATH_SIZE + 64];
	snprintf(side, sizeof(side), "%s-wal", fleet.place.path);
	unlink(side);
	snprintf(side, sizeof(side), "%s-shm", fleet.place.path);
	unlink(side);
	int fd = open(fleet.place.path, O_WRONLY | O_CLOEXEC);
	assert_true(fd >= 0);
	assert_int_equal(write(fd, damaged.data, damaged.len), damaged.len);
	assert_int_equal(ftruncate(fd, (off_t)damaged.len), 0);
	close(fd);
}

/* A failure has its sentence. */
static bool is_told(bool ok, struct err *err)
{
	bool well = ok || (err->code != ERR_NONE && err->text[0] != '\0');
	if (!well)
		print_error("a failure without a sentence\n");
	*err = (struct err){ 0 };
	return well;
}

static bool any_delivery(void *arg, const struct delivery *delivery)
{
	(void)arg;
	(void)delivery;
	return true;
}

static bool read_all(struct store *store)
{
	struct counts counts;
	struct err err = { 0 };
	DEFER(buf_done) struct buf document = BUF_INIT(1 << 20);
	const struct filter all = FILTER_ALL;
	return is_told(store_counts(store, 0, &counts, &err), &err) &&
	       is_told(store_list_deliveries(store, &all, any_delivery, NULL, &err),
		       &err) &&
	       is_told(store_export(store, true, &document, &err), &err);
}

static bool write_some(struct store *store)
{
	struct err err = { 0 };
	struct event event = { .monitor_id = 1, .state = EVENT_ERROR, .confirmed = true };
	struct judge_report report = { 0 };
	enum event_verdict verdict;
	bool conflict;
	int64_t now_ms = clock_now_ms(&(struct clock){ 0 });
	return is_told(store_event_add(store, &event, now_ms, &verdict, &conflict, &err),
		       &err) &&
	       is_told(judge_run(store, now_ms, 10, &report, &err), &err);
}

static bool is_untouched(void)
{
	struct stat st;
	int fd = open(fleet.place.path, O_RDONLY | O_CLOEXEC);
	assert_true(fd >= 0 && fstat(fd, &st) == 0);
	bool is_same = (size_t)st.st_size == damaged.len;
	if (is_same && damaged.len > 0) {
		void *now = mmap(NULL, damaged.len, PROT_READ, MAP_SHARED | MAP_POPULATE,
				 fd, 0);
		assert_ptr_not_equal(now, MAP_FAILED);
		is_same = memcmp(now, damaged.data, damaged.len) == 0;
		munmap(now, damaged.len);
	}
	close(fd);
	return is_same;
}

static bool try_image(uint64_t seed, int *ret_opened)
{
	struct store *store = NULL;
	struct err err = { 0 };
	bool writes = seed % WRITES_IN == 0;
	damage(seed);
	write_image();
	if (!store_open(fleet.place.path, writes ? STORE_WRITE : STORE_READ, &store,
			&err))
		return is_told(false, &err) && is_untouched();
	++*ret_opened;
	bool ok = (seed % READS_IN != 0 || read_all(store)) &&
		  (!writes || write_some(store));
	store_close(store);
	return ok && (writes || is_untouched());
}

/* ---- many, in children ---- */

static void try_some(uint64_t first)
{
	int opened = 0;
	alarm(PATIENCE_S);
	for (uint64_t seed = first; seed < first + OF_A_CHILD; seed++) {
		if (!try_image(seed, &opened)) {
			print_error("image %lu is not what it was\n",
				    (unsigned long)seed);
			_exit(1);
		}
	}
	/* Damage that nobody notices, and damage that everybody does, prove nothing. */
	_exit(opened == 0 || opened == OF_A_CHILD ? 2 : 0);
}

static void try_in_child(uint64_t first)
{
	int status = 0;
	pid_t child = fork();
	assert_true(child >= 0);
	if (child == 0)
		try_some(first);
	assert_int_equal(waitpid(child, &status, 0), child);
	if (status != 0)
		fail_msg("images from %lu: the child ended with status %d",
			 (unsigned long)first, status);
}

static void store_open__refuses_in_words_or_works__whatever_is_damaged_f11(void **state)
{
	uint64_t images = getenv("HUBLINK_HUNT") != NULL ? HUNTED : IMAGES;
	(void)state;
	for (uint64_t first = 0; first < images; first += OF_A_CHILD)
		try_in_child(first);
}

/* ---- an image with something in it ---- */

static int make_image(void **state)
{
	struct err err = { 0 };
	struct judge_report report = { 0 };
	(void)state;
	place_in_memory();
	whole = BUF_INIT(IMAGE_MAX_BYTES);
	damaged = BUF_INIT(IMAGE_MAX_BYTES);
	fleet_open(&fleet, "http://127.0.0.1:1", 8);
	for (int i = 0; i < 40; i++)
		fleet_event(&fleet, fleet.place.store, i % 8,
			    i / 8 % 2 == 0 ? EVENT_ERROR : EVENT_OK);
	place_must(judge_run(fleet.place.store, clock_now_ms(&(struct clock){ 0 }), 1000,
			     &report, &err),
		   &err);
	place_close(&fleet.place);
	place_read(fleet.place.path, &whole);
	return 0;
}

static int remove_image(void **state)
{
	(void)state;
	fleet_close(&fleet);
	buf_done(&whole);
	buf_done(&damaged);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			store_open__refuses_in_words_or_works__whatever_is_damaged_f11),
	};
	return cmocka_run_group_tests(tests, make_image, remove_image);
}

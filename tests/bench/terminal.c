/* What a full-screen program costs on a terminal, measured on a pty.
 *
 *     terminal COLUMNS ROWS IDLE_S KEYS TYPED COUNT PROGRAM [ARGUMENT …]
 *
 * Starts the program, waits for its first frame, types KEYS one after the other (each once
 * what came of the one before rests), then the keys of TYPED in turn, so many in all, and
 * leaves it alone for IDLE_S seconds. Prints one line:
 *
 *     start_ms first_bytes key_bytes key_ms key_p99_ms key_reads
 *     idle_bytes idle_reads idle_wakes idle_cpu_ms rss_kib
 *
 * key_… are medians but for p99. key_ms: until the first of what came of a key; key_reads: in
 * how many pieces it came. What is used is that of all its processes together, but rss_kib,
 * which is the largest's. Keys are as in C: \033OB is Down. */
#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { FRAME_REST_MS = 300, KEY_REST_MS = 15, FIRST_MS = 5000, KEY_MS = 100 };
enum { KEYS_MAX = 10000, CHUNK = 65536, FRAME_BYTES_LEAST = 256 };

struct answer {
	double first_s,
		last_s; /* when its first and its last byte came; 0: nothing came */
	long bytes;
	long pieces;
};

static double now_s(void)
{
	struct timespec now;

	(void)clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

/* What comes within first_ms, until nothing has come for rest_ms; it is added. */
static void hear_more(int fd, int first_ms, int rest_ms, struct answer *ret)
{
	static char bytes[CHUNK];
	struct answer answer = *ret;
	struct pollfd wait = { .fd = fd, .events = POLLIN };

	while (poll(&wait, 1, answer.pieces == ret->pieces ? first_ms : rest_ms) > 0) {
		ssize_t count = read(fd, bytes, sizeof(bytes));
		if (count <= 0)
			break;
		answer.bytes += count;
		answer.last_s = now_s();
		if (answer.pieces++ == 0)
			answer.first_s = answer.last_s;
	}
	*ret = answer;
}

static struct answer hear(int fd, int first_ms, int rest_ms)
{
	struct answer answer = { 0 };

	hear_more(fd, first_ms, rest_ms, &answer);
	return answer;
}

/* What it asks the terminal about comes before its first frame. */
static struct answer hear_frame(int fd)
{
	struct answer answer = hear(fd, FIRST_MS, FRAME_REST_MS);

	if (answer.bytes < FRAME_BYTES_LEAST)
		hear_more(fd, FIRST_MS, FRAME_REST_MS, &answer);
	return answer;
}

static void type(int fd, const char *bytes, size_t count)
{
	if (write(fd, bytes, count) != (ssize_t)count)
		exit(1);
}

/* ---- what its processes have used ---- */

struct used {
	long wakes, largest_kib;
	double cpu_ms;
};

/* A file of /proc/PID, as text. */
static const char *proc_text(pid_t pid, const char *name)
{
	static char text[8192];
	char path[64];

	(void)snprintf(path, sizeof(path), "/proc/%d/%s", (int)pid, name);
	FILE *file = fopen(path, "re");
	size_t count = file != NULL ? fread(text, 1, sizeof(text) - 1, file) : 0;
	text[count] = '\0';
	if (file != NULL)
		(void)fclose(file);
	return text;
}

static long number_after(const char *text, const char *name)
{
	const char *line = strstr(text, name);

	return line != NULL ? strtol(line + strlen(name), NULL, 10) : 0;
}

/* Of it and of those that it started, down to the last one. */
static void add_used(pid_t pid, struct used *ret)
{
	const char *status = proc_text(pid, "status");
	long kib = number_after(status, "VmRSS:");
	char children[1024];
	char *rest = children;

	ret->wakes += number_after(status, "\nvoluntary_ctxt_switches:");
	ret->largest_kib = kib > ret->largest_kib ? kib : ret->largest_kib;
	ret->cpu_ms += strtod(proc_text(pid, "schedstat"), NULL) / 1e6;
	char name[64];
	(void)snprintf(name, sizeof(name), "task/%d/children", (int)pid);
	(void)snprintf(children, sizeof(children), "%s", proc_text(pid, name));
	for (;;) {
		long child = strtol(rest, &rest, 10);
		if (child <= 0)
			return;
		add_used((pid_t)child, ret);
	}
}

static struct used used_by(pid_t pid)
{
	struct used used = { 0 };

	add_used(pid, &used);
	return used;
}

/* ---- measuring ---- */

static int compare(const void *a, const void *b)
{
	const double *left = a;
	const double *right = b;

	return (*left > *right) - (*left < *right);
}

static double rank(double *numbers, long count, double share)
{
	qsort(numbers, (size_t)count, sizeof(numbers[0]), compare);
	return count > 0 ? numbers[(long)((double)(count - 1) * share)] : 0;
}

/* The length of the key that the text begins with. */
static size_t key_length(const char *text)
{
	return text[0] == '\033' && strlen(text) >= 3 ? 3 : 1;
}

static void press(int fd, const char *typed, long count)
{
	static double bytes[KEYS_MAX], times[KEYS_MAX], pieces[KEYS_MAX];
	const char *key = typed;
	long answered = 0;

	for (long i = 0; i < count && i < KEYS_MAX; i++) {
		double begin = now_s();
		type(fd, key, key_length(key));
		struct answer answer = hear(fd, KEY_MS, KEY_REST_MS);
		key += key_length(key);
		key = *key != '\0' ? key : typed;
		if (answer.pieces == 0)
			continue;
		bytes[answered] = (double)answer.bytes;
		pieces[answered] = (double)answer.pieces;
		times[answered++] = (answer.first_s - begin) * 1e3;
	}
	double median = rank(times, answered, 0.5);
	printf("%.0f %.2f %.2f %.0f ", rank(bytes, answered, 0.5), median,
	       rank(times, answered, 0.99), rank(pieces, answered, 0.5));
}

static void measure(int fd, pid_t pid, double begin_s, char **argv)
{
	struct answer frame = hear_frame(fd);
	struct answer idle = { 0 };

	printf("%.1f %ld ", (frame.last_s - begin_s) * 1e3, frame.bytes);
	for (const char *key = argv[4]; *key != '\0'; key += key_length(key)) {
		type(fd, key, key_length(key));
		(void)hear(fd, KEY_MS, FRAME_REST_MS);
	}
	press(fd, argv[5], strtol(argv[6], NULL, 10));
	(void)hear(fd, FRAME_REST_MS, FRAME_REST_MS);
	struct used before = used_by(pid);
	double end_s = now_s() + (double)strtol(argv[3], NULL, 10);
	while (now_s() < end_s)
		hear_more(fd, (int)((end_s - now_s()) * 1e3), 1, &idle);
	struct used after = used_by(pid);
	printf("%ld %ld %ld %.0f %ld\n", idle.bytes, idle.pieces,
	       after.wakes - before.wakes, after.cpu_ms - before.cpu_ms,
	       after.largest_kib);
}

int main(int argc, char **argv)
{
	int fd = -1;

	if (argc < 8) {
		fputs("usage: terminal COLUMNS ROWS IDLE_S KEYS TYPED COUNT PROGRAM …\n",
		      stderr);
		return 2;
	}
	struct winsize size = { .ws_col = (unsigned short)strtol(argv[1], NULL, 10),
				.ws_row = (unsigned short)strtol(argv[2], NULL, 10) };
	double begin_s = now_s();
	pid_t pid = forkpty(&fd, NULL, NULL, &size);
	if (pid < 0)
		return 1;
	if (pid == 0) {
		(void)setenv("TERM", "xterm-256color", 1);
		(void)setenv("LC_ALL", "C.UTF-8", 1);
		(void)execvp(argv[7], argv + 7);
		_exit(127);
	}
	measure(fd, pid, begin_s, argv);
	(void)kill(pid, SIGTERM);
	(void)close(fd);
	(void)waitpid(pid, NULL, 0);
	return 0;
}

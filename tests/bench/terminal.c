/* What a full-screen program costs on a terminal, measured on a pty.
 *
 *     terminal COLUMNS ROWS IDLE_S KEYS KEY COUNT PROGRAM [ARGUMENT …]
 *
 * Starts the program, waits for its first frame, types KEYS one after the other (each once
 * what came of the one before rests), then KEY so many times, and leaves it alone for
 * IDLE_S seconds. Prints one line:
 *
 *     start_ms first_bytes key_bytes key_ms key_p99_ms key_reads idle_bytes idle_wakes rss_kib
 *
 * key_… are medians but for p99; key_reads: in how many pieces a key's answer came. Keys
 * are as in C: \033OB is Down. */
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

enum { FRAME_REST_MS = 400, KEY_REST_MS = 25, FIRST_MS = 5000, KEY_MS = 100 };
enum { KEYS_MAX = 10000, CHUNK = 65536 };

struct answer {
	double last_s; /* when its last byte came; 0: nothing came */
	long bytes;
	long pieces;
};

static double now_s(void)
{
	struct timespec now;

	(void)clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

/* What comes within first_ms, until nothing has come for rest_ms. */
static struct answer hear(int fd, int first_ms, int rest_ms)
{
	static char bytes[CHUNK];
	struct answer answer = { 0 };
	struct pollfd wait = { .fd = fd, .events = POLLIN };

	while (poll(&wait, 1, answer.pieces == 0 ? first_ms : rest_ms) > 0) {
		ssize_t count = read(fd, bytes, sizeof(bytes));
		if (count <= 0)
			break;
		answer.bytes += count;
		answer.pieces++;
		answer.last_s = now_s();
	}
	return answer;
}

static void type(int fd, const char *bytes, size_t count)
{
	if (write(fd, bytes, count) != (ssize_t)count)
		exit(1);
}

/* The number of a line of /proc/PID/status; 0: there is none. */
static long status_of(pid_t pid, const char *name)
{
	char path[64];
	char line[256];
	long number = 0;

	(void)snprintf(path, sizeof(path), "/proc/%d/status", (int)pid);
	FILE *file = fopen(path, "re");
	if (file == NULL)
		return 0;
	while (fgets(line, sizeof(line), file) != NULL)
		if (strncmp(line, name, strlen(name)) == 0)
			number = strtol(line + strlen(name) + 1, NULL, 10);
	(void)fclose(file);
	return number;
}

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

static void press(int fd, const char *key, long count)
{
	static double bytes[KEYS_MAX], times[KEYS_MAX], pieces[KEYS_MAX];
	long answered = 0;

	for (long i = 0; i < count && i < KEYS_MAX; i++) {
		double begin = now_s();
		type(fd, key, strlen(key));
		struct answer answer = hear(fd, KEY_MS, KEY_REST_MS);
		if (answer.pieces == 0)
			continue;
		bytes[answered] = (double)answer.bytes;
		pieces[answered] = (double)answer.pieces;
		times[answered++] = (answer.last_s - begin) * 1e3;
	}
	double median = rank(times, answered, 0.5);
	printf("%.0f %.2f %.2f %.0f ", rank(bytes, answered, 0.5), median,
	       rank(times, answered, 0.99), rank(pieces, answered, 0.5));
}

static void measure(int fd, pid_t pid, double begin_s, char **argv)
{
	struct answer frame = hear(fd, FIRST_MS, FRAME_REST_MS);

	printf("%.1f %ld ", (frame.last_s - begin_s) * 1e3, frame.bytes);
	for (const char *key = argv[4]; *key != '\0'; key++) {
		type(fd, key, 1);
		(void)hear(fd, KEY_MS, FRAME_REST_MS);
	}
	press(fd, argv[5], strtol(argv[6], NULL, 10));
	(void)hear(fd, FRAME_REST_MS, FRAME_REST_MS);
	long wakes = status_of(pid, "voluntary_ctxt_switches");
	double end_s = now_s() + (double)strtol(argv[3], NULL, 10);
	long idle = 0;
	while (now_s() < end_s)
		idle += hear(fd, (int)((end_s - now_s()) * 1e3), 1).bytes;
	printf("%ld %ld %ld\n", idle, status_of(pid, "voluntary_ctxt_switches") - wakes,
	       status_of(pid, "VmRSS"));
}

int main(int argc, char **argv)
{
	int fd = -1;

	if (argc < 8) {
		fputs("usage: terminal COLUMNS ROWS IDLE_S KEYS KEY COUNT PROGRAM …\n",
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

#include "core/engine/notify.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "tests/support/check.h"

static int supervise(const char *path)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	snprintf(address.sun_path, sizeof(address.sun_path), "%s", path);
	int fd = socket(AF_UNIX, SOCK_DGRAM, 0);
	assert_int_equal(bind(fd, (struct sockaddr *)&address, sizeof(address)), 0);
	return fd;
}

static void notify_send__reaches_the_supervisor__when_there_is_one(void **state)
{
	(void)state;
	char folder[] = "/tmp/hublink-notify-XXXXXX";
	assert_non_null(mkdtemp(folder));
	char path[64];
	snprintf(path, sizeof(path), "%s/socket", folder);
	int fd = supervise(path);
	setenv("NOTIFY_SOCKET", path, 1);

	notify_send(NOTIFY_READY);
	char got[64] = { 0 };
	assert_int_equal(recv(fd, got, sizeof(got) - 1, MSG_DONTWAIT), 7);
	assert_string_equal(got, "READY=1");

	close(fd);
	unlink(path);
	notify_send(NOTIFY_STOPPING); /* nobody listens any more: harmless */
	unsetenv("NOTIFY_SOCKET");
	notify_send(NOTIFY_STOPPING);
	rmdir(folder);
}

static void notify_watchdog_ms__is_half_of_what_is_allowed__when_it_is_for_us(
	void **state)
{
	(void)state;
	char pid[32];
	unsetenv("WATCHDOG_PID");
	unsetenv("WATCHDOG_USEC");
	assert_int_equal(notify_watchdog_ms(), 0);
	setenv("WATCHDOG_USEC", "30000000", 1);
	assert_int_equal(notify_watchdog_ms(), 15000);
	setenv("WATCHDOG_PID", "1", 1);
	assert_int_equal(notify_watchdog_ms(), 0);
	snprintf(pid, sizeof(pid), "%d", (int)getpid());
	setenv("WATCHDOG_PID", pid, 1);
	assert_int_equal(notify_watchdog_ms(), 15000);
	unsetenv("WATCHDOG_PID");
	unsetenv("WATCHDOG_USEC");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(notify_send__reaches_the_supervisor__when_there_is_one),
		cmocka_unit_test(
			notify_watchdog_ms__is_half_of_what_is_allowed__when_it_is_for_us),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

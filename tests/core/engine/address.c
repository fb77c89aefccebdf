#include "core/engine/address.h"

#include <string.h>
#include <unistd.h>

#include "tests/support/check.h"

static void address__takes__what_people_write(void **state)
{
	static const struct {
		const char *text;
		bool is_loopback;
	} cases[] = {
		{ "127.0.0.1:8080", true }, { "localhost:0", true },
		{ "[::1]:8080", true },     { "127.9.9.9:1", true },
		{ "0.0.0.0:80", false },    { "[::]:65535", false },
		{ "192.0.2.1:80", false },  { "[2001:db8::1]:80", false },
	};
	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct address address;
		struct err err = { 0 };
		assert_true(address_parse(cases[i].text, &address, &err));
		assert_int_equal(address.is_loopback, cases[i].is_loopback);
	}
}

static void address__refuses__what_is_none(void **state)
{
	static const char *const cases[] = { "",
					     ":8080",
					     "8080",
					     "127.0.0.1",
					     "127.0.0.1:",
					     "127.0.0.1:-1",
					     "host:80",
					     "1.2.3.4:65536",
					     "[::1:80",
					     "[]:80",
					     "[:80",
					     "::1:80",
					     "[127.0.0.1]:80" };
	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct address address;
		struct err err = { 0 };
		assert_false(address_parse(cases[i], &address, &err));
		assert_int_equal(err.code, ERR_INVALID);
		assert_non_null(strstr(err.text, "ADDRESS:PORT"));
	}
}

static void address__listens__and_tells_where(void **state)
{
	struct address address;
	struct err err = { 0 };
	DEFER(buf_done) struct buf url = BUF_INIT(128);
	int fd, other;
	(void)state;
	assert_true(address_parse("127.0.0.1:0", &address, &err));
	assert_true(address_listen(&address, &fd, &err));
	address_add_url(fd, &url);
	assert_memory_equal(buf_text(&url), "http://127.0.0.1:", 17);
	assert_true(address_parse(buf_text(&url) + strlen("http://"), &address, &err));
	assert_false(address_listen(&address, &other, &err));
	assert_int_equal(err.code, ERR_FAILED);
	assert_non_null(strstr(err.text, "--listen"));
	close(fd);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(address__takes__what_people_write),
		cmocka_unit_test(address__refuses__what_is_none),
		cmocka_unit_test(address__listens__and_tells_where),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

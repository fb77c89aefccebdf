#include "core/engine/http.h"

#include <string.h>

#include "tests/support/check.h"
#include "tests/support/receiver.h"

static void http_connect_only__sends_no_request__when_it_connects(void **state)
{
	(void)state;
	struct receiver *receiver = receiver_new();
	char url[128];
	struct err err = { 0 };
	int64_t took_ms = -1;
	const struct http_options options = { .max_in_flight = 1 };
	receiver_url(receiver, "/hook?token=s3cr3tvalue", url, sizeof(url));
	assert_true(http_connect_only(&options, url, &took_ms, &err));
	assert_true(took_ms >= 0);
	assert_int_equal(receiver_count(receiver), 0);

	assert_false(http_connect_only(&options, "http://127.0.0.1:1/?token=s3cr3tvalue",
				       &took_ms, &err));
	assert_int_equal(err.code, ERR_FAILED);
	assert_null(strstr(err.text, "s3cr3tvalue"));
	receiver_free(receiver);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(http_connect_only__sends_no_request__when_it_connects),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

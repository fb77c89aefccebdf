#include "tests/support/unmatched.h"

#include "core/base/clock.h"
#include "core/base/text.h"
#include "core/store_sources.h"
#include "tests/support/check.h"

void unmatched_keep(const struct sandbox *sandbox, const char *guid, const char *name,
		    enum event_state state, const char *message)
{
	struct subject subject = { 0 };
	struct event event = { .state = state, .confirmed = true };
	struct store *store = NULL;
	struct err err = { 0 };
	int64_t id;
	bool conflict;
	assert_true(text_copy(subject.guid, sizeof(subject.guid), guid));
	assert_true(text_copy(subject.name, sizeof(subject.name), name));
	assert_true(text_copy(event.message, sizeof(event.message), message));
	assert_true(store_open(sandbox->db, STORE_WRITE, &store, &err));
	assert_true(store_unmatched_add(store, &subject, &event,
					clock_now_ms(&(struct clock){ 0 }), &id,
					&conflict, &err));
	store_close(store);
}

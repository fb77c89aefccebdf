/* Which services a test of a record is of. */
#include "tui/console/linked.h"
#include "tui/console/test_view.h"

void test_open_object(struct app *app, enum record_kind kind, int64_t id)
{
	DEFER(id_list_done) struct id_list ids = { 0 };

	if (linked_services(app->store, kind, id, &ids, &app->message))
		test_open_many(app, ids.items, ids.count);
}

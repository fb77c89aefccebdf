/* The screens of tests: of one service, its exact requests; of many, a run over all of
 * them. */
#ifndef CONSOLE_TEST_VIEW_H
#define CONSOLE_TEST_VIEW_H

#include "tui/console/app.h"

void test_open(struct app *app, int64_t service_id);

/* ids: copied. One is opened as test_open does; none is told with a note. */
void test_open_many(struct app *app, const int64_t *service_ids, size_t count);

/* What a record leads to: a service itself, the services of an integration, those that
 * links of a monitor or a definition lead to. RECORD_SERVICE with id 0: all. */
void test_open_object(struct app *app, enum record_kind kind, int64_t id);

#endif

/* The inside of a twin, shared by its histories and its operations. */
#ifndef TESTS_SUPPORT_TWIN_PARTS_H
#define TESTS_SUPPORT_TWIN_PARTS_H

#include "tests/support/twin.h"

/* An act may fail, when the disk does or everybody is dead; argument as it likes. */
typedef bool twin_act(struct twin *t, uint32_t argument, struct err *err);

/* As a person would: again, when it says that it did not work. */
void twin_insist(struct twin *t, twin_act *act, uint32_t argument);

twin_act twin_open_operator, twin_start_engine, twin_turn, twin_set_mode;

void twin_run_op(struct twin *t, const struct op *op);

struct instant twin_now(const struct twin *t);
bool twin_tossed(struct twin *t);

/* The receiver takes it; it may come again, for no answer came back. */
void twin_arrive(struct twin *t, const struct fake_sent *sent);
void twin_make_unsure(struct twin *t, const struct fake_sent *sent);
/* One of those that wait for an answer; NULL: none does. */
struct fake_sent *twin_in_flight(struct twin *t, uint32_t which);

/* The engine is no more, whatever it had in mind. */
void twin_drop_engine(struct twin *t);
/* Nobody uses the database any more. */
void twin_close_all(struct twin *t);
/* The database is as every history finds it. */
void twin_fresh_files(struct twin *t);
/* The disk works again; who was dead comes back. */
void twin_mend_disk(struct twin *t);
void twin_stop_reading(struct twin *t);

#endif

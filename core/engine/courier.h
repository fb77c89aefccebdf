/* A transport that carries its requests in a thread of its own: what is judged and stored
 * and what is sent do not wait for each other. Whoever holds it stays in one thread, the
 * outcomes come there; the thread behind it knows the carrier alone, no store and no
 * engine. */
#ifndef ENGINE_COURIER_H
#define ENGINE_COURIER_H

#include "core/engine/multi.h"
#include "core/engine/transport.h"

/* carrier: what sends; the courier's from now on, also on failure. beside: a multi handle
 * that the courier's holder performs with it; borrowed. The caller sets done and done_arg
 * before the first send; requests on their way when it is freed end without an outcome. */
struct transport *courier_new(struct transport *carrier, struct multi *beside,
			      struct err *err) CHECKED;

#endif

/* A TLS server on loopback before a receiver: what comes is passed on to it, and its answer
 * back; where it gives none, the connection is closed. */
#ifndef TESTS_SUPPORT_TLS_FRONT_H
#define TESTS_SUPPORT_TLS_FRONT_H

#include "tests/support/receiver.h"

struct tls_front;

struct tls_front *tls_front_new(struct receiver *behind);
void tls_front_free(struct tls_front *front);
int tls_front_port(const struct tls_front *front);
/* A file with the authority that signed its certificate. */
const char *tls_front_authority(const struct tls_front *front);
/* Until no connection is open, so that all that came was passed on. */
void tls_front_wait_quiet(struct tls_front *front);

#endif

/* The receiver of one engine that is killed again and again. It has no thread, and what it
 * hears goes to the book before anything else happens: the book is in order.
 *
 * Its lines: "request PATH KEY STATE HASH ANSWER", ANSWER is 200, 503 or drop (closed without
 * a word), HASH is of the body's bytes. */
#ifndef TESTS_SUPPORT_STORM_RECEIVER_H
#define TESTS_SUPPORT_STORM_RECEIVER_H

#include <poll.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

enum { STORM_CONNECTIONS = 64, STORM_REQUEST_MAX = 8192 };

struct storm_connection {
	int fd; /* < 0: none */
	size_t len;
	char bytes[STORM_REQUEST_MAX + 1];
};

struct storm_receiver {
	int listener, port;
	FILE *book;    /* borrowed */
	uint64_t seed; /* what is answered */
	struct storm_connection connections[STORM_CONNECTIONS];
	/* Of each path "/S<n>": how many updates were accepted, and the last one. */
	struct {
		int accepted;
		char key[64];
	} heard[STORM_CONNECTIONS];
};

void storm_receiver_open(struct storm_receiver *receiver, FILE *book, uint64_t seed);
void storm_receiver_close(struct storm_receiver *receiver);

/* Room for STORM_CONNECTIONS + 1; returns how many there are to wait for. */
nfds_t storm_receiver_fds(const struct storm_receiver *receiver, struct pollfd *ret);

/* Takes what has come; never waits. */
void storm_receiver_turn(struct storm_receiver *receiver);

/* The other side is dead: takes what it had sent, until every connection has ended. */
void storm_receiver_drain(struct storm_receiver *receiver);

#endif

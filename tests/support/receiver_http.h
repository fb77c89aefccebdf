/* The receiver's reading of HTTP: just enough of it for whole requests with a Content-Length. */
#ifndef TESTS_SUPPORT_RECEIVER_HTTP_H
#define TESTS_SUPPORT_RECEIVER_HTTP_H

#include "tests/support/receiver.h"

/* Bytes of the whole request at the start of input, and of its head; 0 if it is not complete. */
size_t http_whole_request(const char *input, size_t bytes, size_t *ret_head);
/* The request of that size; free() it. */
struct received *http_read_request(const char *input, size_t head, size_t whole);

/* The bytes of the rule, or the next of them: is there more? */
bool http_send_raw(int fd, struct receiver_rule *rule);
/* The scripted answer; of an endless one the head. */
void http_send_answer(int fd, const struct receiver_rule *rule);
/* The next of an endless body, if there is room for it; false: nobody reads it any more. */
bool http_send_chunk(int fd);

#endif

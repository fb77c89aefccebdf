#include "tests/support/receiver_http.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>

/* Copies the value of a header line, "" if there is none. */
static void copy_header(char *ret, size_t size, const char *headers, const char *name)
{
	ret[0] = '\0';
	size_t length = strlen(name);
	for (const char *line = headers; line; line = strstr(line, "\r\n")) {
		line += line == headers ? 0 : 2;
		if (strncasecmp(line, name, length) != 0 || line[length] != ':')
			continue;
		const char *value = line + length + 1;
		value += strspn(value, " ");
		snprintf(ret, size, "%.*s", (int)strcspn(value, "\r"), value);
		return;
	}
}

size_t http_whole_request(const char *input, size_t bytes, size_t *ret_head)
{
	const char *end = memmem(input, bytes, "\r\n\r\n", 4);
	if (!end)
		return 0;
	size_t head = (size_t)(end - input) + 4;
	char length[32];
	char *text = strndup(input, head);
	copy_header(length, sizeof(length), strchr(text, '\n') + 1, "Content-Length");
	free(text);
	size_t whole = head + strtoul(length, NULL, 10);
	*ret_head = head;
	return whole <= bytes ? whole : 0;
}

struct received *http_read_request(const char *input, size_t head, size_t whole)
{
	struct received *r = calloc(1, sizeof(*r));
	char *text = strndup(input, head);
	sscanf(text, "%7s %255s", r->method, r->path);
	const char *headers = strchr(text, '\n') + 1;
	snprintf(r->headers, sizeof(r->headers), "%s", headers);
	copy_header(r->key, sizeof(r->key), headers, "Idempotency-Key");
	copy_header(r->webhook_id, sizeof(r->webhook_id), headers, "Webhook-Id");
	copy_header(r->content_type, sizeof(r->content_type), headers, "Content-Type");
	copy_header(r->user_agent, sizeof(r->user_agent), headers, "User-Agent");
	free(text);

	r->body_bytes = whole - head;
	size_t kept =
		r->body_bytes < sizeof(r->body) ? r->body_bytes : sizeof(r->body) - 1;
	memcpy(r->body, input + head, kept);
	return r;
}

static void send_all(int fd, const char *bytes, size_t count)
{
	while (count > 0) {
		ssize_t sent = send(fd, bytes, count, MSG_NOSIGNAL);
		if (sent <= 0)
			return;
		bytes += sent;
		count -= (size_t)sent;
	}
}

bool http_send_raw(int fd, struct receiver_rule *rule)
{
	size_t count = rule->trickle_ms > 0 ? 1 : strlen(rule->raw);
	send_all(fd, rule->raw, count);
	rule->raw += count;
	return rule->raw[0] != '\0';
}

void http_send_answer(int fd, const struct receiver_rule *rule)
{
	const char *body = rule->body ? rule->body : "";
	char *head = NULL;
	char length[64] = "Transfer-Encoding: chunked\r\n";
	if (!rule->endless)
		snprintf(length, sizeof(length), "Content-Length: %zu\r\n", strlen(body));
	int bytes = asprintf(&head, "HTTP/1.1 %d Scripted\r\n%s%s%s\r\n%s",
			     rule->status ? rule->status : 200, length,
			     rule->headers ? rule->headers : "",
			     rule->closes ? "Connection: close\r\n" : "",
			     rule->endless ? "" : body);
	send_all(fd, head, (size_t)bytes);
	free(head);
}

bool http_send_chunk(int fd)
{
	static const char chunk[] = "400\r\n";
	char block[sizeof(chunk) - 1 + 1024 + 2];
	memset(block, 'x', sizeof(block));
	memcpy(block, chunk, sizeof(chunk) - 1);
	memcpy(block + sizeof(block) - 2, "\r\n", 2);
	return send(fd, block, sizeof(block), MSG_NOSIGNAL | MSG_DONTWAIT) >= 0 ||
	       errno == EAGAIN;
}

/* One check in libcurl's hands, redirects included: each is a request of its own, so that
 * none leads where the check must not go, and no header to another host. Inside the prober
 * only. */
#ifndef ENGINE_PROBE_CALL_H
#define ENGINE_PROBE_CALL_H

#include "core/base/buf.h"
#include "core/engine/multi.h"
#include "core/engine/prober.h"
#include "core/rules/check_judge.h"

enum {
	PROBE_BODY_MAX = 1024 * 1024, /* bytes of an answer that are looked at */
	PROBE_HEADERS_MAX = 65536,
	PROBE_FAILURE_MAX = 4096,
};

struct probe_call {
	struct multi_job job; /* first */
	void *owner;
	struct probe_call *next; /* in the owner's list of running or of idle ones */
	struct probe_call *previous;
	int64_t id;
	struct monitor monitor;
	int64_t started_ms; /* boot clock */
	char *url;          /* that is asked now */
	bool is_elsewhere;  /* it was led to another host: it gets no headers of ours */
	bool keeps_method;  /* after a redirect: GET, unless 307 or 308 */
	int64_t redirects;  /* followed so far */
	struct curl_slist *headers;
	size_t header_bytes, body_bytes;
	struct buf window; /* of the body, in which texts are looked for */
	bool stopped;      /* we have seen enough of the body */
	struct check_facts facts;
	struct check_result times; /* of what was asked so far */
	struct buf failure;
	char error[CURL_ERROR_SIZE];
};

struct probe_call *probe_call_new(void); /* NULL: libcurl has no memory */
void probe_call_free(struct probe_call *call);

/* Ready for the first request of a check. */
bool probe_call_begin(struct probe_call *call, const struct monitor *monitor,
		      const char *ca_file, struct err *err) CHECKED;
/* A request has ended with code: ready for the next one (true), or it is over. */
bool probe_call_goes_on(struct probe_call *call, CURLcode code, const char *ca_file);
/* What came of it all. ret: message included. */
void probe_call_result(struct probe_call *call, int64_t now_ms, struct check_result *ret);
/* Drop what belongs to the check that ended. */
void probe_call_end(struct probe_call *call);

#endif

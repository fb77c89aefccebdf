#include "core/engine/prober.h"

#include <stdlib.h>

#include "core/base/clock.h"
#include "core/engine/multi.h"
#include "core/engine/probe_call.h"

enum { IDLE_MAX = 16 }; /* calls kept for the next checks */

struct curl_prober {
	struct prober prober; /* first: what callers hold */
	struct multi *multi;
	const char *ca_file;
	struct probe_call *running, *idle;
	unsigned idle_count;
};

/* ---- lists ---- */

static void list_add(struct curl_prober *p, struct probe_call *call)
{
	call->previous = NULL;
	call->next = p->running;
	if (p->running)
		p->running->previous = call;
	p->running = call;
}

static void list_remove(struct curl_prober *p, struct probe_call *call)
{
	*(call->previous ? &call->previous->next : &p->running) = call->next;
	if (call->next)
		call->next->previous = call->previous;
}

static struct probe_call *take_idle(struct curl_prober *p)
{
	struct probe_call *call = p->idle;
	if (!call)
		return probe_call_new();
	p->idle = call->next;
	p->idle_count--;
	return call;
}

static void put_back(struct curl_prober *p, struct probe_call *call)
{
	probe_call_end(call);
	if (p->idle_count >= IDLE_MAX) {
		probe_call_free(call);
		return;
	}
	call->next = p->idle;
	p->idle = call;
	p->idle_count++;
}

/* ---- the port ---- */

static void finish(struct curl_prober *p, struct probe_call *call)
{
	struct check_result result;
	int64_t id = call->id;
	list_remove(p, call);
	probe_call_result(call, clock_now_ms(NULL), &result);
	put_back(p, call);
	p->prober.done(p->prober.done_arg, id, &result);
}

static void ended(struct multi_job *job, CURLcode code)
{
	struct probe_call *call = (struct probe_call *)job;
	struct curl_prober *p = call->owner;
	struct err err = { 0 };
	if (!probe_call_goes_on(call, code, p->ca_file)) {
		finish(p, call);
	} else if (!multi_add(p->multi, job, &err)) {
		call->facts.failure = err.text;
		finish(p, call);
	}
}

static bool start(struct prober *prober, int64_t id, const struct monitor *monitor,
		  struct err *err)
{
	struct curl_prober *p = (struct curl_prober *)prober;
	struct probe_call *call = take_idle(p);
	if (!call)
		return fail(err, ERR_FAILED, "libcurl gives no handle; see to memory");
	call->id = id;
	call->owner = p;
	call->job.done = ended;
	if (!probe_call_begin(call, monitor, p->ca_file, err) ||
	    !multi_add(p->multi, &call->job, err)) {
		put_back(p, call);
		return false;
	}
	list_add(p, call);
	return true;
}

static void free_prober(struct prober *prober)
{
	struct curl_prober *p = (struct curl_prober *)prober;
	struct probe_call *call;
	while ((call = p->running)) {
		multi_remove(p->multi, &call->job);
		list_remove(p, call);
		probe_call_free(call);
	}
	while ((call = p->idle)) {
		p->idle = call->next;
		probe_call_free(call);
	}
	free(p);
}

static const struct prober_ops curl_ops = { .start = start, .free = free_prober };

struct prober *prober_new(struct multi *multi, const char *ca_file)
{
	struct curl_prober *p = mem_new(1, sizeof(*p));
	p->prober.ops = &curl_ops;
	p->multi = multi;
	p->ca_file = ca_file;
	return &p->prober;
}

void prober_done(struct prober **prober)
{
	if (*prober)
		(*prober)->ops->free(*prober);
}

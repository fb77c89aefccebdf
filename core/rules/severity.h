/* How bad it is for a service (R9, R21): operational, degraded, or a disruption. Facts in,
 * a decision out. */
#ifndef RULES_SEVERITY_H
#define RULES_SEVERITY_H

#include "core/rules/model.h"

/* Counted over the incidents that keep the service from reading operational. */
struct severity_facts {
	int64_t standing; /* how many these are; 0: it operates normally */
	bool by_hand;     /* one of them was opened by hand (R18) */
	int64_t in_error; /* their monitors in error whose alert has reached them */
	int64_t critical; /* those of them that an open critical link leads from */
	int64_t linked;   /* monitors whose gates to the service are all open (R3) */
	enum service_status last; /* the worst that these incidents have said so far */
};

/* How many monitors in error make it a disruption. */
int64_t severity_threshold(const struct service *service, int64_t linked);

/* What the service is. While no monitor is in error (its recovery is held, or waits for an
 * operator) it stays what it was. */
enum service_status severity_of(const struct service *service,
				const struct severity_facts *facts);

/* Can the service be degraded at all? */
static inline bool severity_has_degrees(const struct service *service)
{
	return service->disruption_monitors != 1;
}

#endif

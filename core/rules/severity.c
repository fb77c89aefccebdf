#include "core/rules/severity.h"

int64_t severity_threshold(const struct service *service, int64_t linked)
{
	if (service->disruption_percent == 0)
		return service->disruption_monitors;
	const int64_t part = (linked * service->disruption_percent + 99) / 100;
	return part > 1 ? part : 1;
}

enum service_status severity_of(const struct service *service,
				const struct severity_facts *facts)
{
	if (facts->standing == 0)
		return SERVICE_OPERATIONAL;
	if (facts->by_hand)
		return SERVICE_DISRUPTION;
	if (facts->in_error == 0)
		return facts->last == SERVICE_DEGRADED ? SERVICE_DEGRADED
						       : SERVICE_DISRUPTION;
	const bool bad = facts->critical > 0 ||
			 facts->in_error >= severity_threshold(service, facts->linked);
	return bad ? SERVICE_DISRUPTION : SERVICE_DEGRADED;
}

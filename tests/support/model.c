#include "tests/support/model.h"

static bool is_open(const struct model *model, int service)
{
	for (int m = 0; m < MODEL_MONITORS; m++)
		if (model->is_joined[m][service])
			return true;
	return false;
}

static void tell(struct model *model, int service, enum model_update update)
{
	if (model->due_count[service] < MODEL_TOLD_MAX)
		model->due[service][model->due_count[service]++] = update;
}

void model_error(struct model *model, int monitor)
{
	if (model->in_error[monitor])
		return; /* R1: the same episode */
	model->in_error[monitor] = true;
	for (int s = 0; s < MODEL_SERVICES; s++) {
		if (!model->links[monitor][s])
			continue;
		if (!is_open(model, s)) /* R4, R9: else it joins, and nothing is said */
			tell(model, s, MODEL_DISRUPTION);
		model->is_joined[monitor][s] = true;
	}
}

void model_ok(struct model *model, int monitor)
{
	if (!model->in_error[monitor])
		return;
	model->in_error[monitor] = false;
	for (int s = 0; s < MODEL_SERVICES; s++) {
		if (!model->is_joined[monitor][s])
			continue;
		model->is_joined[monitor][s] = false;
		if (!is_open(model, s)) /* R6, R9: the last one */
			tell(model, s, MODEL_RECOVERY);
	}
}

#include "core/peers/uptrends_type.h"

#include "core/base/compiler.h"
#include "core/base/text.h"

static const struct uptrends_type types[] = {
	{ "Alert", "Alert", EVENT_ERROR, false },
	{ "Error", "Alert", EVENT_ERROR, false },
	{ "Reminder", "Reminder", EVENT_ERROR, true },
	{ "Ok", "Ok", EVENT_OK, false },
};

const struct uptrends_type *uptrends_type_find(const char *name)
{
	for (size_t i = 0; i < COUNT_OF(types); i++)
		if (text_equal_nocase(types[i].name, name))
			return &types[i];
	return NULL;
}

#include "tui/console/view.h"

#include <stdlib.h>

#include "core/base/buf.h"

struct view *view_new(const struct view_ops *ops, int64_t object_id)
{
	struct view *view = mem_new(1, ops->size);

	view->ops = ops;
	view->object_id = object_id;
	if (ops->init != NULL)
		ops->init(view);
	return view;
}

void view_free(struct view *view)
{
	if (view == NULL)
		return;
	if (view->ops->done != NULL)
		view->ops->done(view);
	free(view);
}

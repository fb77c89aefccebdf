#include "tests/support/world.h"

struct world *shop_and_website(void **state, int errors, int minutes)
{
	struct world *w = *state;
	world_link(w, world_level(w, 1, errors, minutes), "Shop", "Website");
	return w;
}

struct world *two_monitors_one_service(void **state)
{
	struct world *w = *state;
	const int64_t level = world_level(w, 1, 1, 0);
	world_link(w, level, "Shop", "Website");
	world_link(w, level, "Mail", "Website");
	return w;
}

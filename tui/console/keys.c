#include "tui/console/keys.h"

#include <curses.h>
#include <stdio.h>
#include <string.h>

#include "core/base/buf.h"
#include "core/base/text.h"

#define CONTROL(letter) ((letter)&0x1f)
enum { KEY_OF_ESCAPE = 27, KEY_F_MOST = 12 };

const struct action_info action_infos[ACTION_COUNT] = {
#define X(id, name, help) [ACTION_##id] = { name, help },
	CONSOLE_ACTIONS(X)
#undef X
};

static const bool of_row[ACTION_COUNT] = {
	[ACTION_OPEN] = true,      [ACTION_EDIT] = true,       [ACTION_CLONE] = true,
	[ACTION_DELETE] = true,    [ACTION_TOGGLE] = true,     [ACTION_ADD_INSIDE] = true,
	[ACTION_HISTORY] = true,   [ACTION_LINKS_OF] = true,   [ACTION_MARK] = true,
	[ACTION_MOVE_LINK] = true, [ACTION_POINT_LINK] = true, [ACTION_COPY_LINK] = true,
	[ACTION_IDENTIFY] = true,  [ACTION_NOTE] = true,       [ACTION_RESOLVE] = true,
	[ACTION_RECOVER] = true,   [ACTION_DETACH] = true,     [ACTION_RETRY] = true,
	[ACTION_CANCEL] = true,    [ACTION_RELEASE] = true,    [ACTION_MUTE] = true,
	[ACTION_EXPLAIN] = true,   [ACTION_WHAT_IF] = true,    [ACTION_ADOPT] = true,
	[ACTION_COPY] = true,      [ACTION_BULK] = true,
};

bool action_is_of_row(enum action action)
{
	return of_row[action];
}

static const struct key_binding global_bindings[] = {
	{ '?', ACTION_HELP },
	{ '1', ACTION_GO_DASHBOARD },
	{ '2', ACTION_GO_INCIDENTS },
	{ '3', ACTION_GO_INTEGRATIONS },
	{ '4', ACTION_GO_MONITORS },
	{ '5', ACTION_GO_DEFINITIONS },
	{ '6', ACTION_GO_LINKS },
	{ '7', ACTION_GO_DELIVERIES },
	{ '8', ACTION_GO_MAINTENANCE },
	{ '9', ACTION_GO_HISTORY },
	{ '+', ACTION_FIRST_STEPS },
	{ 'I', ACTION_TAKE_OVER },
	{ 'E', ACTION_UNMATCHED },
	{ '<', ACTION_IMPORT },
	{ '>', ACTION_EXPORT },
	{ 'u', ACTION_UNDO },
	{ 'U', ACTION_REDO },
	{ '=', ACTION_MODE },
	{ '&', ACTION_ENGINE_START },
	{ 'K', ACTION_ENGINE_STOP },
	{ KEY_OF_ESCAPE, ACTION_BACK },
	{ CONTROL('g'), ACTION_BACK },
	{ 'q', ACTION_QUIT },
	{ ':', ACTION_PALETTE },
	{ CONTROL('p'), ACTION_PALETTE },
	{ '-', ACTION_PREVIOUS_SCREEN },
	{ ']', ACTION_NEXT_SIBLING },
	{ '[', ACTION_PREVIOUS_SIBLING },
	{ '"', ACTION_MESSAGES },
	{ 'P', ACTION_FREEZE },
	{ 'M', ACTION_MOUSE },
	{ CONTROL('l'), ACTION_REDRAW },
	{ CONTROL('z'), ACTION_SUSPEND },
	{ KEY_F(1), ACTION_HELP },
	{ 0, ACTION_NONE },
};

static const struct key_binding list_bindings[] = {
	{ KEY_DOWN, ACTION_MOVE_DOWN },
	{ 'j', ACTION_MOVE_DOWN },
	{ KEY_UP, ACTION_MOVE_UP },
	{ 'k', ACTION_MOVE_UP },
	{ KEY_NPAGE, ACTION_PAGE_DOWN },
	{ CONTROL('d'), ACTION_PAGE_DOWN },
	{ KEY_PPAGE, ACTION_PAGE_UP },
	{ CONTROL('u'), ACTION_PAGE_UP },
	{ 'g', ACTION_MOVE_FIRST },
	{ KEY_HOME, ACTION_MOVE_FIRST },
	{ 'G', ACTION_MOVE_LAST },
	{ KEY_END, ACTION_MOVE_LAST },
	{ '\r', ACTION_OPEN },
	{ '\n', ACTION_OPEN },
	{ KEY_ENTER, ACTION_OPEN },
	{ '\t', ACTION_NEXT_PANE },
	{ 'z', ACTION_ZOOM },
	{ '\'', ACTION_JUMP },
	{ 'o', ACTION_COLUMNS },
	{ '/', ACTION_FILTER },
	{ 'n', ACTION_NEXT_MATCH },
	{ 'N', ACTION_PREVIOUS_MATCH },
	{ 's', ACTION_SORT },
	{ 'S', ACTION_SORT_REVERSE },
	{ 'f', ACTION_FOLLOW },
	{ ' ', ACTION_MARK },
	{ 'V', ACTION_MARK_RANGE },
	{ '*', ACTION_MARK_ALL },
	{ '\\', ACTION_UNMARK },
	{ 'y', ACTION_COPY },
	{ '.', ACTION_BULK },
	{ 0, ACTION_NONE },
};

static const struct key_binding object_bindings[] = {
	{ 'm', ACTION_MUTE },    { 'O', ACTION_OPEN_INCIDENT }, { 'Y', ACTION_RESYNC },
	{ 'w', ACTION_WHAT_IF }, { 'W', ACTION_EXPLAIN },       { 'C', ACTION_COVERAGE },
	{ 't', ACTION_TEST },    { 'T', ACTION_TEST_ALL },      { 0, ACTION_NONE },
};

static const struct key_binding whatif_bindings[] = {
	{ 'e', ACTION_ERROR_FOR },
	{ 'c', ACTION_CHECK_EVERY },
	{ 'a', ACTION_START_AT },
	{ 0, ACTION_NONE },
};

static const struct key_binding test_bindings[] = {
	{ 'e', ACTION_TEST_EVENT },
	{ 'c', ACTION_CONNECT },
	{ '!', ACTION_SEND_TEST },
	{ 0, ACTION_NONE },
};

static const struct key_binding record_bindings[] = {
	{ 'a', ACTION_ADD },     { 'A', ACTION_ADD_INSIDE }, { 'e', ACTION_EDIT },
	{ 'c', ACTION_CLONE },   { 'd', ACTION_DELETE },     { 'x', ACTION_TOGGLE },
	{ 'h', ACTION_HISTORY }, { 'l', ACTION_LINKS_OF },   { 0, ACTION_NONE },
};

static const struct key_binding incident_bindings[] = {
	{ 'i', ACTION_IDENTIFY }, { 'a', ACTION_NOTE },   { 'R', ACTION_RESOLVE },
	{ 'v', ACTION_RECOVER },  { 'D', ACTION_DETACH }, { 0, ACTION_NONE },
};

static const struct key_binding delivery_bindings[] = {
	{ 'r', ACTION_RETRY },
	{ 'X', ACTION_CANCEL },
	{ 'l', ACTION_RELEASE },
	{ 0, ACTION_NONE },
};

static const struct key_binding link_bindings[] = {
	{ 'v', ACTION_MATRIX },    { 'm', ACTION_MOVE_LINK }, { 'r', ACTION_POINT_LINK },
	{ 'c', ACTION_COPY_LINK }, { 0, ACTION_NONE },
};

static const struct key_binding maintenance_bindings[] = {
	{ 'A', ACTION_ADD_RECURRING },
	{ 0, ACTION_NONE },
};

static const struct key_binding history_bindings[] = {
	{ ']', ACTION_NEXT_SERVICE },
	{ '[', ACTION_PREVIOUS_SERVICE },
	{ 0, ACTION_NONE },
};

static const struct key_binding unmatched_bindings[] = {
	{ '\r', ACTION_ADOPT }, { '\n', ACTION_ADOPT }, { KEY_ENTER, ACTION_ADOPT },
	{ 'a', ACTION_ADOPT },  { 0, ACTION_NONE },
};

static const struct key_binding uptrends_bindings[] = {
	{ 'r', ACTION_ASK_UPTRENDS },
	{ 'e', ACTION_EDIT },
	{ 'i', ACTION_APPLY },
	{ CONTROL('s'), ACTION_APPLY },
	{ 'a', ACTION_UPTRENDS_ACCOUNT },
	{ 0, ACTION_NONE },
};

static const struct key_binding document_bindings[] = {
	{ '\r', ACTION_APPLY },
	{ '\n', ACTION_APPLY },
	{ KEY_ENTER, ACTION_APPLY },
	{ 'i', ACTION_APPLY },
	{ CONTROL('s'), ACTION_APPLY },
	{ 'p', ACTION_PRUNE },
	{ 'm', ACTION_SECRETS },
	{ 'r', ACTION_READ_AGAIN },
	{ 0, ACTION_NONE },
};

static const struct key_binding matrix_bindings[] = {
	{ ' ', ACTION_PAINT },          { KEY_LEFT, ACTION_MOVE_LEFT },
	{ 'h', ACTION_MOVE_LEFT },      { KEY_RIGHT, ACTION_MOVE_RIGHT },
	{ 'l', ACTION_MOVE_RIGHT },     { 'H', ACTION_PAGE_LEFT },
	{ 'L', ACTION_PAGE_RIGHT },     { 'm', ACTION_MARK_ROW },
	{ 'c', ACTION_MARK_COLUMN },    { 'y', ACTION_COPY_ROW },
	{ 'p', ACTION_PASTE_ROW },      { '|', ACTION_FILTER_COLUMNS },
	{ 'v', ACTION_MATRIX },         { ']', ACTION_NEXT_LEVEL },
	{ '[', ACTION_PREVIOUS_LEVEL }, { 0, ACTION_NONE },
};

static const struct key_binding form_bindings[] = {
	{ CONTROL('s'), ACTION_SAVE },
	{ KEY_F(2), ACTION_SAVE },
	{ '\t', ACTION_NEXT_FIELD },
	{ KEY_DOWN, ACTION_NEXT_FIELD },
	{ KEY_BTAB, ACTION_PREVIOUS_FIELD },
	{ KEY_UP, ACTION_PREVIOUS_FIELD },
	{ KEY_NPAGE, ACTION_PAGE_DOWN },
	{ KEY_PPAGE, ACTION_PAGE_UP },
	{ CONTROL('e'), ACTION_EDITOR },
	{ KEY_F(4), ACTION_EDITOR },
	{ KEY_OF_ESCAPE, ACTION_BACK },
	{ CONTROL('g'), ACTION_BACK },
	{ CONTROL('c'), ACTION_BACK },
	{ KEY_F(1), ACTION_HELP },
	{ CONTROL('l'), ACTION_REDRAW },
	{ CONTROL('z'), ACTION_SUSPEND },
	{ 0, ACTION_NONE },
};

const struct keymap keymap_global = { global_bindings, NULL };
const struct keymap keymap_list = { list_bindings, &keymap_global };
const struct keymap keymap_objects = { object_bindings, &keymap_list };
const struct keymap keymap_whatif = { whatif_bindings, &keymap_list };
const struct keymap keymap_test = { test_bindings, &keymap_list };
const struct keymap keymap_records = { record_bindings, &keymap_objects };
const struct keymap keymap_incident = { incident_bindings, &keymap_objects };
const struct keymap keymap_delivery = { delivery_bindings, &keymap_list };
const struct keymap keymap_room = { delivery_bindings, &keymap_incident };
const struct keymap keymap_links = { link_bindings, &keymap_records };
const struct keymap keymap_maintenance = { maintenance_bindings, &keymap_records };
const struct keymap keymap_history = { history_bindings, &keymap_list };
const struct keymap keymap_unmatched = { unmatched_bindings, &keymap_list };
const struct keymap keymap_uptrends = { uptrends_bindings, &keymap_list };
const struct keymap keymap_document = { document_bindings, &keymap_list };
const struct keymap keymap_matrix = { matrix_bindings, &keymap_list };
const struct keymap keymap_form = { form_bindings, NULL };

enum action keymap_find(const struct keymap *map, int key)
{
	for (; map != NULL; map = map->parent)
		for (const struct key_binding *b = map->bindings; b->key != 0; b++)
			if (b->key == key)
				return b->action;
	return ACTION_NONE;
}

int key_char(int key)
{
	bool marked = (key & KEY_IS_CHAR) != 0;
	int point = key & ~KEY_IS_CHAR;

	if (!marked && point >= 0x100)
		return -1;
	return point >= ' ' && (point < 0x7f || point >= 0xa0) ? point : -1;
}

int keymap_key_of(const struct keymap *map, enum action action)
{
	for (; map != NULL; map = map->parent)
		for (const struct key_binding *b = map->bindings; b->key != 0; b++)
			if (b->action == action)
				return b->key;
	return 0;
}

struct key_label {
	int key;
	const char *label;
};

static const struct key_label labels[] = {
	{ KEY_DOWN, "Down" },      { KEY_UP, "Up" },         { KEY_NPAGE, "PgDn" },
	{ KEY_PPAGE, "PgUp" },     { KEY_HOME, "Home" },     { KEY_END, "End" },
	{ '\r', "Enter" },         { '\n', "Enter" },        { KEY_ENTER, "Enter" },
	{ '\t', "Tab" },           { KEY_OF_ESCAPE, "Esc" }, { ' ', "Space" },
	{ KEY_BTAB, "Shift-Tab" }, { KEY_LEFT, "Left" },     { KEY_RIGHT, "Right" },
};

const char *key_title(int key, char ret[KEY_TITLE_SIZE])
{
	for (size_t i = 0; i < COUNT_OF(labels); i++)
		if (labels[i].key == key)
			return labels[i].label;
	if (key >= KEY_F(1) && key <= KEY_F(KEY_F_MOST))
		(void)snprintf(ret, KEY_TITLE_SIZE, "F%d", key - KEY_F(0));
	else if (key > 0 && key < ' ')
		(void)snprintf(ret, KEY_TITLE_SIZE, "Ctrl-%c", key + '@');
	else
		ret[utf8_encode((uint32_t)(key & ~KEY_IS_CHAR), ret)] = '\0';
	return ret;
}

/* "F8", "Ctrl-K"; 0: neither. */
static int parse_composed(const char *name)
{
	int64_t number = 0;

	if (name[0] == 'F' && text_integer(name + 1, &number) && number >= 1 &&
	    number <= KEY_F_MOST)
		return KEY_F((int)number);
	if (!text_starts_with(name, "Ctrl-") || strlen(name) != sizeof("Ctrl-A") - 1)
		return 0;
	int letter = name[5] >= 'a' && name[5] <= 'z' ? name[5] - 'a' + 'A' : name[5];
	return letter > '@' && letter <= '_' ? CONTROL(letter) : 0;
}

int key_parse(const char *name)
{
	uint32_t point = 0;
	size_t bytes = strlen(name);

	for (size_t i = 0; i < COUNT_OF(labels); i++)
		if (text_equal_nocase(labels[i].label, name))
			return labels[i].key;
	if (bytes > 0 && utf8_decode(name, bytes, &point) == bytes && point > ' ' &&
	    point != 0x7f)
		return point < 0x100 ? (int)point : (int)point | KEY_IS_CHAR;
	return parse_composed(name);
}

enum action action_parse(const char *name)
{
	for (int action = ACTION_NONE + 1; action < ACTION_COUNT; action++)
		if (text_equal(action_infos[action].name, name))
			return (enum action)action;
	return ACTION_NONE;
}

/* Reads the book of an engine that was killed again and again, and says whether it kept its
 * word. It shares no code with hublink, nor with what wrote the book:
 *
 *   event M<n> error|ok                     was answered 202: service S<n> must hear of it
 *   request /S<n> KEY STATE HASH ANSWER     S<n> heard; ANSWER is 200, 503 or drop
 *   kill                                    the engine was killed
 *
 * Of each event its service hears one update, in the order of the events: none is lost, none is
 * made up. An update has one key and one body. It is repeated while it was not accepted; once it
 * was, only by an engine that cannot know: a kill lies between. No older one comes after it. */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SERVICES_MAX = 64, WORD = 80 };

struct update {
	char key[WORD], state[WORD], hash[WORD];
	int accepted; /* was it answered 200 */
	long kills;   /* as many there had been then */
};

struct service {
	struct update *heard;
	size_t heard_count, heard_room;
	char (*told)[WORD]; /* the states that it must hear */
	size_t told_count, told_room;
};

static struct service services[SERVICES_MAX];
static long line_number, events, requests, kills, repeats;

static void refuse(const char *format, ...)
{
	va_list args;
	va_start(args, format);
	printf("line %ld: ", line_number);
	vprintf(format, args);
	printf("\n");
	va_end(args);
	exit(1);
}

static void *grown(void *items, size_t count, size_t *room, size_t size)
{
	if (count < *room)
		return items;
	*room = *room == 0 ? 64 : *room * 2;
	items = realloc(items, *room * size);
	if (items == NULL)
		refuse("no memory is left");
	return items;
}

static struct service *service_at(int number)
{
	if (number < 0 || number >= SERVICES_MAX)
		refuse("there is no service %d", number);
	return &services[number];
}

static void take_event(int number, const char *state)
{
	struct service *service = service_at(number);
	service->told = grown(service->told, service->told_count, &service->told_room,
			      sizeof(*service->told));
	snprintf(service->told[service->told_count++], WORD, "%s",
		 strcmp(state, "error") == 0 ? "investigating" : "monitoring");
	events++;
}

static void take_repeat(struct update *update, const struct update *again, int number)
{
	if (strcmp(update->hash, again->hash) != 0 ||
	    strcmp(update->state, again->state) != 0)
		refuse("S%d hears other bytes under the key %s", number, again->key);
	if (update->accepted && update->kills == kills)
		refuse("S%d hears %s again, though it was accepted and nothing was "
		       "killed",
		       number, again->key);
	repeats += update->accepted;
}

static void take_new(struct service *service, const struct update *update, int number)
{
	for (size_t i = 0; i < service->heard_count; i++) {
		if (strcmp(service->heard[i].key, update->key) == 0)
			refuse("S%d hears %s again after a newer one", number,
			       update->key);
	}
	if (service->heard_count > 0 &&
	    !service->heard[service->heard_count - 1].accepted)
		refuse("S%d hears %s before the one before it was accepted", number,
		       update->key);
	service->heard = grown(service->heard, service->heard_count, &service->heard_room,
			       sizeof(*service->heard));
	service->heard[service->heard_count++] = *update;
}

static void take_request(int number, const struct update *update, int is_accepted)
{
	struct service *service = service_at(number);
	struct update *last = service->heard_count > 0
				      ? &service->heard[service->heard_count - 1]
				      : NULL;
	requests++;
	if (last != NULL && strcmp(last->key, update->key) == 0) {
		take_repeat(last, update, number);
	} else {
		take_new(service, update, number);
		last = &service->heard[service->heard_count - 1];
	}
	if (is_accepted) {
		last->accepted = 1;
		last->kills = kills;
	}
}

static void check_service(const struct service *service, int number)
{
	for (size_t i = 0; i < service->told_count && i < service->heard_count; i++) {
		if (strcmp(service->told[i], service->heard[i].state) != 0)
			refuse("update %zu of S%d says %s, not %s", i + 1, number,
			       service->heard[i].state, service->told[i]);
	}
	if (service->heard_count != service->told_count)
		refuse("S%d heard %zu updates of %zu events", number,
		       service->heard_count, service->told_count);
	if (service->heard_count > 0 &&
	    !service->heard[service->heard_count - 1].accepted)
		refuse("the last update of S%d was never accepted", number);
}

static void take_line(const char *line)
{
	struct update update = { .accepted = 0 };
	char word[WORD];
	int number;
	line_number++;
	if (strcmp(line, "kill\n") == 0)
		kills++;
	else if (sscanf(line, "event M%d %79s", &number, word) == 2)
		take_event(number, word);
	else if (sscanf(line, "request /S%d %79s %79s %79s %79s", &number, update.key,
			update.state, update.hash, word) == 5)
		take_request(number, &update, strcmp(word, "200") == 0);
	else
		refuse("what is this: %s", line);
}

int main(void)
{
	char line[1024];
	while (fgets(line, sizeof(line), stdin) != NULL)
		take_line(line);
	for (int i = 0; i < SERVICES_MAX; i++) {
		check_service(&services[i], i);
		free(services[i].heard);
		free(services[i].told);
	}
	printf("kept: %ld kills, %ld events, %ld requests, %ld repeats after a kill\n",
	       kills, events, requests, repeats);
	return 0;
}

/* --secrets: the URLs of services, beside a document or instead of it. */
#include <stdlib.h>

#include "core/base/text.h"
#include "db/import.h"
#include "db/name.h"
#include "db/record.h"

const char *import_secrets_word(const struct import *im)
{
	const char *word = im->options->secrets_word;

	return word != NULL ? word : "--secrets";
}

void import_open_secrets(struct import *im, const struct json *secrets)
{
	const struct spot top = { .key = import_secrets_word(im) };
	if (secrets == NULL || !import_is_object(im, &top, secrets))
		return;
	im->secrets = secrets;
	im->secret_urls = mem_new(json_count(secrets) + 1, sizeof(*im->secret_urls));
	size_t number = 0;
	for (const struct json *i = json_first(secrets); i != NULL; i = json_next(i)) {
		const struct spot at = { .above = &top, .key = json_key(i) };
		if (json_string(i) == NULL)
			import_fault(im, &at, "this is %s, it must be a URL in a string",
				     json_type_name(json_type_of(i)));
		im->secret_urls[number] = json_string(i);
		name_set_add(&im->secret_names, json_key(i), number++, NULL);
	}
}

const char *import_secret(const struct import *im, const char *integration,
			  const char *service)
{
	DEFER(buf_done) struct buf name = BUF_INIT(2 * NAME_SIZE);
	size_t number = 0;
	buf_addf(&name, "%s/%s", integration, service);
	if (!name_set_has(&im->secret_names, buf_text(&name), &number))
		return NULL;
	return im->secret_urls[number];
}

static bool other_secret(struct import *im, const struct spot *spot,
			 const struct json *json)
{
	struct err why = { 0 };
	int64_t id = 0;
	DEFER(import_item_done)
	struct item item = import_item(im, RECORD_SERVICE, spot, json);
	if (!store_find_id(im->store, RECORD_SERVICE, spot->key, &id, &why)) {
		import_fault(im, spot, "there is no service of this name");
		return why.code == ERR_NOT_FOUND || why.code == ERR_INVALID ||
		       fail(im->err, why.code, "%s", why.text);
	}
	if (import_names(im, RECORD_SERVICE, id))
		return true; /* it has its URL already */
	if (!store_get(im->store, RECORD_SERVICE, id, item.rec, im->err) ||
	    !import_open(im, &item))
		return false;
	if (!field_parse(field_by_column(RECORD_SERVICE, "url"), json_string(json),
			 item.rec, &why))
		import_fault(im, spot, "%s", why.text);
	return import_store(im, &item);
}

bool import_other_secrets(struct import *im)
{
	const struct spot top = { .key = import_secrets_word(im) };
	if (im->secrets == NULL)
		return true;
	for (const struct json *i = json_first(im->secrets); i != NULL;
	     i = json_next(i)) {
		const struct spot at = { .above = &top, .key = json_key(i) };
		if (json_string(i) != NULL && !other_secret(im, &at, i))
			return false;
	}
	return true;
}

void import_secrets_done(struct import *im)
{
	name_set_done(&im->secret_names);
	free(im->secret_urls);
}

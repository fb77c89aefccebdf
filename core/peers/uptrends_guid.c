#include "core/peers/uptrends_guid.h"

#include <string.h>

static const char digits[] = "0123456789abcdefABCDEF-";

static char lower(char c)
{
	return c >= 'A' && c <= 'F' ? (char)(c - 'A' + 'a') : c;
}

bool uptrends_guid(char ret[GUID_SIZE], const struct json *value)
{
	const char *text = json_string(value);
	if (text == NULL || *text == '\0' || strlen(text) >= GUID_SIZE ||
	    text[strspn(text, digits)] != '\0')
		return false;
	size_t bytes = 0;
	for (; text[bytes] != '\0'; bytes++)
		ret[bytes] = lower(text[bytes]);
	ret[bytes] = '\0';
	return true;
}

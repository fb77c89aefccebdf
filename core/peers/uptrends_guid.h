/* Identifiers of Uptrends: they come in mixed case and are compared without it. */
#ifndef PEERS_UPTRENDS_GUID_H
#define PEERS_UPTRENDS_GUID_H

#include "core/base/json.h"
#include "core/rules/model.h"

/* The value in lower case. False: it is none, made of hexadecimal digits and dashes. */
bool uptrends_guid(char ret[GUID_SIZE], const struct json *value) CHECKED;

#endif

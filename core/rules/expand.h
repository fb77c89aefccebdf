/* Public texts and JSON templates with their variables replaced; the inside of payload.h. */
#ifndef RULES_EXPAND_H
#define RULES_EXPAND_H

#include "core/rules/payload.h"

/* The title and description of an update, whole, at most PUBLIC_TEXT_SIZE - 1 bytes each:
 * longer ones are cut. */
void public_title_add(const struct payload_facts *facts, struct buf *ret);
void public_description_add(const struct payload_facts *facts, struct buf *ret);

/* Append the template with variables replaced inside its strings. In a test the values of
 * "title" begin "TEST – ". */
void template_expand(const char *json, const struct payload_facts *facts,
		     struct buf *ret);

#endif

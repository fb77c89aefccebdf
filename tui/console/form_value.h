/* Between what is typed in a form's field and the value in its record. */
#ifndef CONSOLE_FORM_VALUE_H
#define CONSOLE_FORM_VALUE_H

#include "tui/console/form.h"

/* Booleans and choices are set by keys, all others are typed. */
bool form_value_is_typed(const struct field *field);

/* The record's value as text to edit; a secret's is empty: it can be replaced, not read. */
void form_value_load(struct form *form, struct form_field *f);

/* What is typed into the record, or the field's fault. */
void form_value_take(struct form *form, struct form_field *f);

/* Fields that follow another: of errors and minutes one is 0; a storm guard that is turned
 * on gets a time. */
void form_value_follow(struct form *form, const struct form_field *changed);

/* After a change of f by a key: value, fault, what follows it, the record as a whole. */
void form_value_changed(struct form *form, struct form_field *f);

#endif

/* The two properties of code points that hublink needs to show foreign text safely. */
#ifndef BASE_UNICODE_H
#define BASE_UNICODE_H

#include <stdbool.h>
#include <stdint.h>

/* Control, invisible, direction-changing or not a character: never shown as it is. */
bool unicode_is_hidden(uint32_t code_point);

/* A combining mark: it is drawn onto the character before it. */
bool unicode_is_mark(uint32_t code_point);

#endif

/* UTF-8 text: checking it, copying it, measuring it, and making text from outside safe
 * to show. */
#ifndef BASE_TEXT_H
#define BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/base/buf.h"
#include "core/base/compiler.h"

/* Decode one code point (RFC 3629: no surrogates, no overlong forms, at most
 * U+10FFFF). Returns the bytes used (1-4), or 0 if text does not begin with a valid
 * one; *ret is then not written. */
size_t utf8_decode(const char *text, size_t bytes, uint32_t *ret);
size_t utf8_encode(uint32_t code_point, char ret[4]); /* returns bytes, 1-4 */
bool utf8_valid(const char *text, size_t bytes);

/* Code points of valid UTF-8 text. */
size_t text_length(const char *text);

/* Copy whole text into a fixed array. False (nothing written) if it does not fit with
 * its NUL. */
bool text_copy(char *ret, size_t size, const char *text) CHECKED;

/* Copy at most max_points code points that fit into size bytes, never splitting one:
 * for messages, which are cut and never refused (R14). Invalid bytes become U+FFFD.
 * Returns true if it was whole. */
bool text_cut(char *ret, size_t size, const char *text, size_t max_points);

/* True if text has no control characters (C0, DEL, C1). Newlines count as control
 * characters. */
bool text_no_controls(const char *text);

bool text_equal(const char *a, const char *b);        /* NULL equals only NULL */
bool text_equal_nocase(const char *a, const char *b); /* ASCII case folding */
bool text_starts_with(const char *text, const char *prefix);

/* Decimal digits with an optional minus and nothing else. False (nothing written) for
 * other text and beyond int64_t. */
bool text_integer(const char *text, int64_t *ret) CHECKED;

/* Append text made safe for a terminal, a log or an error sentence: control
 * characters, invalid bytes, invisible and direction-changing characters become
 * visible as <U+202E> (invalid byte: <0xFF>); more than two combining marks on one
 * base are shown the same way. Newlines too, unless keep_newlines. Total, idempotent. */
void text_add_safe(struct buf *b, const char *text, bool keep_newlines);
/* One line of it for a sentence: of what is longer than any name the beginning, and "…". */
void text_add_brief(struct buf *ret, const char *text);

/* Bytes at its beginning that are a printable ASCII character each, as most of all text is. */
size_t text_plain_bytes(const char *text);

/* Columns that safe text takes on a terminal, by libc's wcwidth. */
int text_width(const char *text);

/* Append safe text cut or padded with blanks to exactly columns; a cut ends in '~'. */
void text_add_columns(struct buf *b, const char *text, int columns);

#endif

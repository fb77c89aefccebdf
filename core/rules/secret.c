/* A URL is walked piece by piece; each piece is plain or secret. Masking writes *** for the
 * secret ones, redaction looks for them in other text. So both always agree on what is
 * secret. */
#include "core/rules/secret.h"

#include <stdint.h>
#include <string.h>

#include "core/base/compiler.h"
#include "core/base/text.h"
#include "core/rules/model.h"
#include "core/rules/url.h"

enum {
	SECRET_SEGMENT_CHARS = 16, /* of a path */
	MASKED_MAX = 8192,         /* bytes of a URL that is still taken apart */
};

static const char mask[] = SECRET_MASK;

enum piece { PIECE_PLAIN, PIECE_USER, PIECE_SEGMENT, PIECE_VALUE, PIECE_FRAGMENT };

typedef void piece_fn(void *arg, enum piece kind, struct span span);

static size_t characters(struct span span)
{
	size_t count = 0;
	for (size_t i = 0; i < span.bytes; i++)
		count += ((unsigned char)span.at[i] & 0xc0) != 0x80;
	return count;
}

static bool piece_is_secret(enum piece kind, struct span span)
{
	if (kind == PIECE_SEGMENT)
		return characters(span) >= SECRET_SEGMENT_CHARS;
	return kind != PIECE_PLAIN && span.bytes > 0;
}

static void walk_path(struct span path, piece_fn *piece, void *arg)
{
	const char *end = path.at + path.bytes;
	for (const char *at = path.at; at < end;) {
		piece(arg, PIECE_PLAIN, (struct span){ at++, 1 });
		const char *slash = memchr(at, '/', (size_t)(end - at));
		struct span segment = { at,
					(size_t)((slash != NULL ? slash : end) - at) };
		piece(arg, PIECE_SEGMENT, segment);
		at += segment.bytes;
	}
}

/* name=value: the value; a parameter without = as a whole. */
static void walk_parameter(struct span parameter, piece_fn *piece, void *arg)
{
	const char *equals = memchr(parameter.at, '=', parameter.bytes);
	size_t named = equals != NULL ? (size_t)(equals - parameter.at) + 1 : 0;
	piece(arg, PIECE_PLAIN, (struct span){ parameter.at, named });
	piece(arg, PIECE_VALUE,
	      (struct span){ parameter.at + named, parameter.bytes - named });
}

static void walk_query(struct span query, piece_fn *piece, void *arg)
{
	const char *end = query.at + query.bytes;
	piece(arg, PIECE_PLAIN, (struct span){ query.at - 1, 1 });
	for (const char *at = query.at; at <= end; at++) {
		const char *next = memchr(at, '&', (size_t)(end - at));
		if (next == NULL)
			next = end;
		walk_parameter((struct span){ at, (size_t)(next - at) }, piece, arg);
		at = next;
		if (at < end)
			piece(arg, PIECE_PLAIN, (struct span){ at, 1 });
	}
}

/* Hand out every byte of a URL in order, in pieces. False if text is no URL. */
static bool url_walk(const char *text, piece_fn *piece, void *arg)
{
	struct url url;
	if (strnlen(text, MASKED_MAX) == MASKED_MAX || !url_split(text, &url))
		return false;

	const char *authority = url.has_user ? url.user.at : url.host.at;
	piece(arg, PIECE_PLAIN, (struct span){ text, (size_t)(authority - text) });
	if (url.has_user) {
		piece(arg, PIECE_USER, url.user);
		piece(arg, PIECE_PLAIN, (struct span){ url.host.at - 1, 1 });
	}
	piece(arg, PIECE_PLAIN,
	      (struct span){ url.host.at, (size_t)(url.path.at - url.host.at) });
	walk_path(url.path, piece, arg);
	if (url.has_query)
		walk_query(url.query, piece, arg);
	if (url.has_fragment) {
		piece(arg, PIECE_PLAIN, (struct span){ url.fragment.at - 1, 1 });
		piece(arg, PIECE_FRAGMENT, url.fragment);
	}
	return true;
}

/* ---- masking ---- */

static void mask_piece(void *arg, enum piece kind, struct span span)
{
	struct buf *masked = arg;
	if (piece_is_secret(kind, span))
		buf_adds(masked, mask);
	else
		buf_add(masked, span.at, span.bytes);
}

void url_add_masked(struct buf *ret, const char *url)
{
	DEFER(buf_done)
	struct buf masked = BUF_INIT((size_t)MASKED_MAX * sizeof(mask));
	if (url_walk(url, mask_piece, &masked))
		text_add_safe(ret, buf_text(&masked), false);
	else
		buf_adds(ret, mask);
}

bool url_mask_matches(const char *masked, const char *stored)
{
	DEFER(buf_done)
	struct buf ours = BUF_INIT((size_t)MASKED_MAX * sizeof(mask));
	url_add_masked(&ours, stored);
	return text_equal(masked, buf_text(&ours));
}

static void find_mask(void *arg, enum piece kind, struct span span)
{
	bool *found = arg;
	if (kind != PIECE_PLAIN && span_is(span, mask))
		*found = true;
}

bool url_is_masked(const char *url)
{
	bool found = false;
	if (!url_walk(url, find_mask, &found))
		return text_equal(url, mask);
	return found;
}

/* ---- redaction ---- */

/* The longest secret that the text begins with. */
struct match {
	const char *text;
	size_t bytes;
};

static int hex_value(char c)
{
	static const char hex[] = "0123456789abcdef0123456789ABCDEF";

	const char *found = c != '\0' ? strchr(hex, c) : NULL;
	return found != NULL ? (int)(found - hex) % 16 : -1;
}

/* One byte of a percent-encoded secret; *at moves behind it. */
static char decoded_byte(struct span secret, size_t *at)
{
	size_t i = *at;
	if (secret.at[i] == '%' && secret.bytes - i > 2) {
		int high = hex_value(secret.at[i + 1]), low = hex_value(secret.at[i + 2]);
		if (high >= 0 && low >= 0) {
			*at += 3;
			return (char)(high * 16 + low);
		}
	}
	*at += 1;
	return secret.at[i];
}

/* Bytes of text that are the secret, as it is written or decoded; 0: it is another text. */
static size_t secret_length_in(const char *text, struct span secret)
{
	if (strncmp(text, secret.at, secret.bytes) == 0)
		return secret.bytes;
	size_t matched = 0;
	for (size_t at = 0; at < secret.bytes; matched++) {
		if (text[matched] == '\0' || text[matched] != decoded_byte(secret, &at))
			return 0;
	}
	return matched;
}

static void match_span(struct match *match, struct span secret)
{
	size_t bytes = secret_length_in(match->text, secret);
	if (bytes > match->bytes)
		match->bytes = bytes;
}

static void match_piece(void *arg, enum piece kind, struct span span)
{
	if (!piece_is_secret(kind, span))
		return;
	match_span(arg, span);
	const char *colon = kind == PIECE_USER ? memchr(span.at, ':', span.bytes) : NULL;
	if (colon == NULL)
		return;
	size_t name = (size_t)(colon - span.at);
	if (name > 0)
		match_span(arg, (struct span){ span.at, name });
	if (span.bytes > name + 1)
		match_span(arg, (struct span){ colon + 1, span.bytes - name - 1 });
}

/* By which bytes a secret can begin: few others have to be looked at closer. */
struct beginnings {
	bool has[UINT8_MAX + 1];
};

static void note_beginning(struct beginnings *beginnings, struct span secret)
{
	size_t at = 0;
	if (secret.bytes == 0)
		return;
	beginnings->has[(uint8_t)secret.at[0]] = true;
	beginnings->has[(uint8_t)decoded_byte(secret, &at)] = true;
}

static void note_piece(void *arg, enum piece kind, struct span span)
{
	if (!piece_is_secret(kind, span))
		return;
	note_beginning(arg, span);
	const char *colon = kind == PIECE_USER ? memchr(span.at, ':', span.bytes) : NULL;
	if (colon != NULL)
		note_beginning(
			arg, (struct span){ colon + 1,
					    (size_t)(span.at + span.bytes - colon) - 1 });
}

/* Bytes of the longest secret that text begins with; 0: it begins with none. */
static size_t secret_bytes_at(const char *text, const char *url)
{
	struct match match = { .text = text };
	url_walk(url, match_piece, &match);
	match_span(&match, (struct span){ url, strlen(url) });
	return match.bytes;
}

void secret_redact(struct buf *ret, const char *text, const char *url)
{
	if (*text == '\0')
		return;
	struct beginnings beginnings = { 0 };
	url_walk(url, note_piece, &beginnings);
	note_beginning(&beginnings, (struct span){ url, strlen(url) });
	while (*text != '\0') {
		size_t bytes =
			beginnings.has[(uint8_t)*text] ? secret_bytes_at(text, url) : 0;
		if (bytes > 0)
			buf_adds(ret, mask);
		else
			buf_addc(ret, *text);
		text += bytes > 0 ? bytes : 1;
	}
}

void secret_hide(struct buf *ret, const char *text, const char *secret)
{
	const size_t bytes = strlen(secret);
	for (const char *found; bytes > 0 && (found = strstr(text, secret)) != NULL;
	     text = found + bytes) {
		buf_add(ret, text, (size_t)(found - text));
		buf_adds(ret, mask);
	}
	buf_adds(ret, text);
}

/* Bytes as base64 (RFC 4648, with padding), for terminals. */
#ifndef BASE_BASE64_H
#define BASE_BASE64_H

#include "core/base/buf.h"

void base64_add(struct buf *ret, const void *bytes, size_t count);

#endif

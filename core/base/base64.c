#include "core/base/base64.h"

void base64_add(struct buf *ret, const void *bytes, size_t count)
{
	static const char digits[] =
		"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	const unsigned char *in = bytes;

	for (size_t i = 0; i < count; i += 3) {
		size_t left = count - i;
		uint32_t three = (uint32_t)in[i] << 16;
		three |= left > 1 ? (uint32_t)in[i + 1] << 8 : 0;
		three |= left > 2 ? (uint32_t)in[i + 2] : 0;
		buf_addc(ret, digits[three >> 18]);
		buf_addc(ret, digits[three >> 12 & 63]);
		buf_addc(ret, left > 1 ? digits[three >> 6 & 63] : '=');
		buf_addc(ret, left > 2 ? digits[three & 63] : '=');
	}
}

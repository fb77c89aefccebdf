/* A stand-in for the Uptrends API v4 on loopback, in a thread of the test: it serves what
 * the vendor's description says, with what is awkward about it: GUIDs in mixed case,
 * times without a zone, services without names, a list of one as an object, and, if
 * wanted, cursors without end. */
#ifndef TESTS_SUPPORT_UPTRENDS_H
#define TESTS_SUPPORT_UPTRENDS_H

#include <stdbool.h>
#include <stddef.h>

struct uptrends;

#define UPTRENDS_TEST_USER "4f0c-api"
#define UPTRENDS_TEST_PASSWORD "a:p\"ss wörd"

/* Two monitors in a group, one more; a definition with two levels, StatusHub in both,
 * three links to two services; windows of one monitor. Nothing is in error. */
struct uptrends *uptrends_new(void);
void uptrends_free(struct uptrends *api);
const char *uptrends_url(const struct uptrends *api); /* http://127.0.0.1:PORT/v4 */

/* What there is from the start. */
struct uptrends_page {
	const char *path, *json;
};
extern const struct uptrends_page uptrends_account[];
extern const size_t uptrends_account_count;

/* The answer to GET path (without query and without /v4); replaces what there was. Both
 * texts are copied. */
void uptrends_put(struct uptrends *api, const char *path, const char *json);
/* The next `times` questions are answered with that instead. */
void uptrends_fail(struct uptrends *api, int times, int status, int retry_after_s);

/* One more row of the feed of alerts, in order of time. type: "Error", "Ok" or
 * "Reminder"; times as "2026-11-27T13:42:18"; message may be NULL. */
void uptrends_alert(struct uptrends *api, const char *id, const char *type,
		    const char *monitor, const char *timestamp, const char *first_error,
		    const char *message);
/* From now on every page of the feed names a next one. */
void uptrends_never_end(struct uptrends *api);
/* What Status says of the monitor from now on: "NoError", "Confirmed", … */
void uptrends_status(struct uptrends *api, const char *monitor, const char *level,
		     const char *last_check);

/* How many questions have come whose path begins so, those refused included. */
size_t uptrends_count(struct uptrends *api, const char *path);
/* Wait until there are as many; false after ten seconds without. */
bool uptrends_wait(struct uptrends *api, const char *path, size_t count);
bool uptrends_overlapped(struct uptrends *api); /* two were ever open at once */

#define SHOP_GUID "0B1F6C58-19B4-4F80-9F19-aaaaaaaaaaa1"
#define API_GUID "0b1f6c58-19b4-4f80-9f19-aaaaaaaaaaa2"
#define BATCH_GUID "0b1f6c58-19b4-4f80-9f19-aaaaaaaaaaa3"
#define WEBSITE_GUID "5e1f6c58-19b4-4f80-9f19-bbbbbbbbbbb1"
#define PARTNER_GUID "5E1F6C58-19B4-4F80-9F19-BBBBBBBBBBB2"

#endif

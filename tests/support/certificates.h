/* Certificates for a server on 127.0.0.1, right and wrong ones; PEM. */
#ifndef TESTS_SUPPORT_CERTIFICATES_H
#define TESTS_SUPPORT_CERTIFICATES_H

extern const char certificate_authority[];
extern const char certificate_key[];       /* of all of the following */
extern const char certificate_good[];      /* for 127.0.0.1 */
extern const char certificate_elsewhere[]; /* for elsewhere.example */
extern const char certificate_expired[];   /* for 127.0.0.1, until 2020 */
extern const char certificate_future[]; /* for 127.0.0.1, from 2100; its own authority */
extern const char certificate_self_signed[]; /* for 127.0.0.1, signed by itself */

#endif

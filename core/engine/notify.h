/* Tells the supervisor how the engine is: systemd's notify protocol, one datagram a
 * word, without its library. */
#ifndef ENGINE_NOTIFY_H
#define ENGINE_NOTIFY_H

#include <stdint.h>

#define NOTIFY_READY "READY=1"
#define NOTIFY_STOPPING "STOPPING=1"
#define NOTIFY_WATCHDOG "WATCHDOG=1"

/* Sends one state to $NOTIFY_SOCKET. Without that variable, or if nobody listens,
 * nothing happens: being supervised is not a condition of working. */
void notify_send(const char *state);

/* How often to send NOTIFY_WATCHDOG: half of what the supervisor allows; 0: it asks
 * for none. */
int64_t notify_watchdog_ms(void);

#endif

/* Who sits at this process: the account and where it came from, for the audit. */
#ifndef JUDGE_LOGIN_H
#define JUDGE_LOGIN_H

#include "core/store.h"

/* Account (SUDO_USER in brackets), SSH client address or "local", and the reason if
 * one was given (NULL: none). as: the name that a gate vouches for, instead of the account's;
 * NULL: there is no gate. */
void login_actor(const char *as, const char *because, struct actor *ret);

#endif

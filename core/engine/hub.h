/* `hublink hub`: a stand-in StatusHub on loopback, for demonstrations and tests. */
#ifndef ENGINE_HUB_H
#define ENGINE_HUB_H

/* argv[0] is the command's own name. Runs until SIGTERM or SIGINT and returns the exit
 * code: 0; 1 the address or the log cannot be used; 2 a wrong option; 3 a wrong value. The
 * first line on standard output is "listening on http://ADDRESS:PORT". */
int hub_main(int argc, char **argv);

#endif

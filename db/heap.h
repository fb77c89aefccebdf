/* SQLite's memory: a statement takes and gives back a dozen small pieces each time it runs,
 * and Debian's SQLite is built without the lists that it would keep them in. */
#ifndef DB_HEAP_H
#define DB_HEAP_H

/* Before the first connection of the process; refused, harmlessly, after it. For one
 * thread that knows SQLite. */
void heap_use(void);

#endif

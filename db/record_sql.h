/* SQL of every record, made from its field table: identifiers from const tables only,
 * values bound. */
#ifndef DB_RECORD_SQL_H
#define DB_RECORD_SQL_H

#include "core/base/buf.h"
#include "core/rules/fields.h"
#include "db/stmt.h"

enum { RECORD_SQL_MAX = 4096, IDENTITY_MAX = 3 };

/* The columns that tell one record from another (a service: its integration and its
 * name), ended by NULL; none: only the id does. */
const char *const *record_identity(enum record_kind kind);

/* Append the statement. Parameters: :id, :revision, :parent, and each field's column.
 * RECORD_GET and the lists answer with id, revision, then the fields in the table's
 * order. RECORD_UPDATE changes nothing unless :revision is the stored one. */
void record_sql(enum record_kind kind, enum record_query query, struct buf *ret);

#endif

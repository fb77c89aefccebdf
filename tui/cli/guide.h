/* Texts made from the table of commands: what `help --FORMAT` prints for the build. */
#ifndef CLI_GUIDE_H
#define CLI_GUIDE_H

#include "core/base/buf.h"

void guide_add_overview(struct buf *ret);
struct command;
void guide_add_command(struct buf *ret, const struct command *command);
void guide_add_man(struct buf *ret);          /* packaging/hublink.1 */
void guide_add_document_man(struct buf *ret); /* packaging/hublink-document.5 */
void guide_add_document(struct buf *ret);     /* `help document` */
void guide_add_bash(struct buf *ret);         /* packaging/hublink.bash */
void guide_add_zsh(struct buf *ret);          /* packaging/_hublink */
void guide_add_fish(struct buf *ret);         /* packaging/hublink.fish */
void guide_add_readme(struct buf *ret);       /* the README's table of commands */
void guide_add_keys(struct buf *ret);         /* the README's table of keys */

/* Text as troff wants it: no escapes, no request at the beginning of a line. */
void guide_add_troff(struct buf *ret, const char *text);

/* Append text in lines of at most width columns, each after `indent` blanks, ended by
 * a newline. */
void guide_add_wrapped(struct buf *ret, const char *text, int indent, int width);

#endif

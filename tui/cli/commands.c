/* The table of commands, in the order in which help shows them. */
#include "core/base/compiler.h"
#include "tui/cli/commands.h"

const struct command *const commands[] = {
	&init_command,
	&engine_command,
	&event_command,
	&import_command,
	&export_command,
	&check_command,
	&rename_command,
	&service_set_url_command,
	&service_find_url_command,
	&status_command,
	&list_command,
	&hub_command,
	&backup_command,
	&restore_command,
	&migrate_command,
	&doctor_command,
	&version_command,
	&help_command,
};
const size_t command_count = COUNT_OF(commands);

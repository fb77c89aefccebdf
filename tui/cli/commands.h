/* Every command; each group has a file of its own, cmd_GROUP.c. To add one: its row
 * there, its name here, and its place in commands.c. */
#ifndef CLI_COMMANDS_H
#define CLI_COMMANDS_H

#include "tui/cli/command.h"

extern const struct command init_command;
extern const struct command engine_command;
extern const struct command gate_command;
extern const struct command event_command;
extern const struct command import_command;
extern const struct command export_command;
extern const struct command check_command;
extern const struct command rename_command;
extern const struct command service_set_url_command;
extern const struct command service_find_url_command;
extern const struct command status_command;
extern const struct command list_command;
extern const struct command audit_verify_command;
extern const struct command audit_export_command;
extern const struct command token_new_command;
extern const struct command token_list_command;
extern const struct command token_revoke_command;
extern const struct command unmatched_adopt_command;
extern const struct command uptrends_account_command;
extern const struct command uptrends_import_command;
extern const struct command uptrends_follow_command;
extern const struct command hub_command;
extern const struct command backup_command;
extern const struct command restore_command;
extern const struct command migrate_command;
extern const struct command doctor_command;
extern const struct command incident_show_command;
extern const struct command incident_report_command;
extern const struct command incident_identify_command;
extern const struct command incident_note_command;
extern const struct command incident_resolve_command;
extern const struct command incident_recover_command;
extern const struct command incident_detach_command;
extern const struct command incident_open_command;
extern const struct command history_command;
extern const struct command delivery_show_command;
extern const struct command delivery_retry_command;
extern const struct command delivery_cancel_command;
extern const struct command delivery_release_command;
extern const struct command resync_command;
extern const struct command mode_command;
extern const struct command keep_command;
extern const struct command mute_command;
extern const struct command maintenance_add_command;
extern const struct command maintenance_extend_command;
extern const struct command maintenance_end_command;
extern const struct command maintenance_pause_command;
extern const struct command maintenance_resume_command;
extern const struct command maintenance_delete_command;
extern const struct command test_command;
extern const struct command probe_command;
extern const struct command simulate_command;
extern const struct command explain_command;
extern const struct command next_command;
extern const struct command version_command;
extern const struct command help_command;

#endif

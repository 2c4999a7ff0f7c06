/* SPDX-License-Identifier: MIT */
#ifndef CLI_COMMANDS_H
#define CLI_COMMANDS_H

#include "cli/cli.h"
#include "ui/app.h"

/* The subcommands, one file each: src/cli/cmd_NAME.c. cli/commands.c has the table. */

enum exit_status cmd_agenda(struct cli *c);
enum exit_status cmd_agree(struct cli *c);
enum exit_status cmd_brackets(struct cli *c);
enum exit_status cmd_chair(struct cli *c);
enum exit_status cmd_check(struct cli *c);
enum exit_status cmd_commit(struct cli *c);
enum exit_status cmd_compare(struct cli *c);
enum exit_status cmd_consolidate(struct cli *c);
enum exit_status cmd_defer(struct cli *c);
enum exit_status cmd_diff(struct cli *c);
enum exit_status cmd_edit(struct cli *c);
enum exit_status cmd_export(struct cli *c);
enum exit_status cmd_git_setup(struct cli *c);
enum exit_status cmd_help(struct cli *c);
enum exit_status cmd_import(struct cli *c);
enum exit_status cmd_init(struct cli *c);
enum exit_status cmd_audit(struct cli *c);
enum exit_status cmd_progress(struct cli *c);
enum exit_status cmd_restore(struct cli *c);
enum exit_status cmd_blame(struct cli *c);
enum exit_status cmd_life(struct cli *c);
enum exit_status cmd_log(struct cli *c);
enum exit_status cmd_merge_file(struct cli *c);
enum exit_status cmd_overlap(struct cli *c);
enum exit_status cmd_point(struct cli *c);
enum exit_status cmd_position(struct cli *c);
enum exit_status cmd_positions(struct cli *c);
enum exit_status cmd_project(struct cli *c);
enum exit_status cmd_renumber(struct cli *c);
enum exit_status cmd_replace(struct cli *c);
enum exit_status cmd_report(struct cli *c);
enum exit_status cmd_resolve(struct cli *c);
enum exit_status cmd_set(struct cli *c);
enum exit_status cmd_status(struct cli *c);
enum exit_status cmd_trust(struct cli *c);
enum exit_status cmd_undo(struct cli *c);
enum exit_status cmd_sync(struct cli *c);
enum exit_status cmd_verify(struct cli *c);
enum exit_status cmd_version(struct cli *c);
enum exit_status cmd_words(struct cli *c);

extern const struct cli_option options_brackets[], options_check[], options_diff[],
	options_resolve[], options_point[], options_defer[], options_agree[], options_undo[],
	options_sync[], options_export[], options_import[], options_status[], options_commit[],
	options_help[], options_renumber[], options_replace[], options_edit[], options_chair[],
	options_trust[], options_project[], options_set[], options_consolidate[],
	options_agenda[], options_position[], options_positions[], options_report[],
	options_compare[], options_overlap[];
/* On what several write. */
extern const struct cli_option options_merge_file[], options_git_setup[], options_init[];
/* On signatures. */
extern const struct cli_option options_verify[];
/* On a draft's history. */
extern const struct cli_option options_log[], options_life[], options_audit[], options_blame[],
	options_progress[], options_restore[];

/* cmd_help.c */
void help_command(struct cli *c, const struct command *command);
/* cmd_edit.c: the workbench, with its exit status. */
enum exit_status open_workbench(const struct app_options *options);
/* cmd_git_setup.c: of the workspace in the folder. */
int setup_drivers(const char *folder, bool on, struct error *err);

#endif

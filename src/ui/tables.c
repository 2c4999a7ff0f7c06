/* SPDX-License-Identifier: MIT */
#include "ui/tables.h"

#include "ui/view_blame.h"
#include "ui/view_chair.h"
#include "ui/view_columns.h"
#include "ui/view_desk.h"
#include "ui/view_diff.h"
#include "ui/view_editor.h"
#include "ui/view_life.h"
#include "ui/view_log.h"
#include "ui/view_matrix.h"
#include "ui/view_notice.h"
#include "ui/view_overlap.h"
#include "ui/view_package.h"
#include "ui/view_preview.h"
#include "ui/view_progress.h"

const struct view_ops *const view_tables[] = {
	&view_desk_ops,    &view_editor_ops,       &view_chair_ops,   &view_matrix_ops,
	&view_preview_ops, &view_package_ops,      &view_columns_ops, &view_log_ops,
	&view_diff_ops,    &view_life_ops,         &view_blame_ops,   &view_progress_ops,
	&view_overlap_ops, &view_overlap_pair_ops, &view_notice_ops,  NULL};

# SPDX-License-Identifier: MIT
# What a new user does first, from the README.
. "$ADREF_SOURCE/tests/e2e/lib.sh"

it 'shows the drafts of a workspace and leaves'
workspace
git config adref.role observer
open_screen 80x24 adref
see 'res-reunions'
see 'translation-zh'
keys q
ends 0

it 'decides a point, and the commit says what was decided'
workspace
git config adref.role chair
git config adref.meeting IRM-2
open_screen 100x30 adref chair res-reunions
see 'point 1 of 20'
see 'la grande majorité'
keys 2
see '18 open'
keys q
see 'Enter edit'
keys q
ends 0
run git log -1 --format='%s%n%b'
expect_out_has 'res-reunions: point 1 decided: "la grande majorité"'
expect_out_has 'Meeting: IRM-2'
expect_out_has 'Supported-by: AFR, ARB'
run git status --porcelain
expect_out </dev/null

it 'takes the decision back by another commit'
workspace
git config adref.role chair
open_screen 100x30 adref chair declaration
see '5 open'
keys 1
see '4 open'
keys u
see '5 open'
keys q q
ends 0
run git log --format=%s
expect_out_has 'declaration: point 1 open again'
expect_out_has 'declaration: point 1 decided: "children first"'
run git diff HEAD~2 -- drafts
expect_out </dev/null

it 'edits, saves and commits a paragraph'
workspace
git config adref.role rapporteur
open_screen 100x30 adref edit declaration
see 'We, the delegates'
keys C-End
typed 'Done in six languages.'
see 'Done in six languages.'
keys C-s
see 'is saved'
keys C-k
see 'Commit message'
keys Enter
see 'Committed as'
keys C-q
see 'Enter edit'
keys q
ends 0
expect_file_has drafts/declaration.md 'Done in six languages.'
run git status --porcelain
expect_out </dev/null
run git show --format= --name-only
expect_out <<EOT
drafts/declaration.md
EOT

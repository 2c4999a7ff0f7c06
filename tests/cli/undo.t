# SPDX-License-Identifier: MIT
. "$ADREF_SOURCE/tests/cli/lib.sh"

it 'brings the bytes back, by a commit that says what it undoes'
workspace
cp drafts/declaration.md "$T/before"
run adref resolve declaration 2 1
decision=$(git rev-parse HEAD)
run adref undo --dry-run declaration
expect_status 0
expect_out_has 'point 2, option 1'
run adref undo declaration
expect_status 0
expect_err_has 'undone: point 2'
expect_same "$T/before" drafts/declaration.md
expect_clean
last_message >message
expect_file_has message "Undoes: $decision"

it 'undoes one decision after the other, and then none'
workspace
cp drafts/declaration.md "$T/before"
run adref resolve declaration 2 1
run adref resolve declaration 1 1
run adref undo declaration
expect_err_has 'undone: point 1'
run adref undo declaration
expect_err_has 'undone: point 2'
expect_same "$T/before" drafts/declaration.md
run adref undo declaration
expect_status 3
expect_err_has 'no decision is left to undo'

it 'says whose decision it is where that is somebody else'
workspace
run adref resolve declaration 2 1
git_as 'Amina Diallo' commit -q --amend --no-edit --reset-author
run adref undo --dry-run declaration
expect_out_has 'point 2, option 1'
expect_out_has 'Amina Diallo, 20'
run adref undo declaration
expect_status 0
expect_err_has 'this was decided by Amina Diallo, 20'
expect_err_has 'undone: point 2'

it 'keeps what others wrote since'
workspace
run adref resolve declaration 2 1
echo 'A new last paragraph.' >>drafts/declaration.md
run adref commit declaration
run adref undo declaration
expect_status 0
expect_file_has drafts/declaration.md 'A new last paragraph.'

it 'needs the name of a draft and a repository'
run adref undo - </dev/null
expect_status 2
mkdir drafts
echo x >drafts/x.md
run adref undo x
expect_status 3
expect_err_has 'no git repository'

it 'puts no bracket into a point that a consolidation made of the words'
workspace
cp -R "$ADREF_SOURCE"/drafts/res-reunions* drafts
git add -A && git commit -qm more
run adref resolve res-reunions 8 2
run adref consolidate --yes res-reunions
cp drafts/res-reunions.md "$T/before"
run adref undo res-reunions
expect_status 3
expect_one_line
expect_err_has 'it would break other points'
expect_same "$T/before" drafts/res-reunions.md
expect_clean

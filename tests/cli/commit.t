# SPDX-License-Identifier: MIT
. "$ADREF_SOURCE/tests/cli/lib.sh"

it 'commits a new draft, and then its edits, with a message that says what changed'
repository
mkdir drafts
printf 'one\n\ntwo and more words\n' >drafts/x.md
run adref commit x
expect_status 0
expect_clean
[ "$(git log -1 --format=%s)" = 'x: new draft' ] || fail "$(git log -1 --format=%s)"
printf 'one\n\nthree and more words\n' >drafts/x.md
run adref commit x
[ "$(git log -1 --format=%s)" = 'x: 1 paragraph changed (paragraph 2)' ] || fail "$(git log -1 --format=%s)"
printf 'one\n\nfour and more words\n' >drafts/x.md
run adref commit -m 'x: in my words' x
[ "$(git log -1 --format=%s)" = 'x: in my words' ] || fail "$(git log -1 --format=%s)"
run adref commit x
expect_status 3
expect_err_has 'nothing has changed'

it 'commits that draft only, whatever else is staged or edited'
workspace
echo more >>drafts/declaration.md
echo more >>drafts/res-reunions.md
git add drafts/res-reunions.md
run adref commit declaration
expect_status 0
run git show --name-only --format= HEAD
expect_out <<EOT
drafts/declaration.md
EOT
run git status --porcelain
expect_out <<EOT
M  drafts/res-reunions.md
EOT

it 'is for drafts of the workspace'
workspace
run adref commit - </dev/null
expect_status 2
cp drafts/declaration.md elsewhere.md
run adref commit elsewhere.md
expect_status 2

it 'takes the regions'\'' texts along, and says so'
workspace
mkdir -p drafts/declaration
printf 'to invite Members\n' >drafts/declaration/EUR.md
printf 'to invite Members\n' >drafts/declaration/AFR.md
run adref commit declaration
expect_status 0
expect_err_has 'texts committed with it: AFR, EUR'
[ "$(git log -1 --format=%s)" = 'declaration: texts of AFR, EUR' ] || fail "$(git log -1 --format=%s)"
run git show --name-only --format= HEAD
expect_out <<EOT
drafts/declaration/AFR.md
drafts/declaration/EUR.md
EOT
printf '\nand one paragraph more\n' >>drafts/declaration.md
printf 'to urge Members\n' >drafts/declaration/AFR.md
run adref commit -m 'both in one' drafts/declaration.md
expect_status 0
run git show --name-only --format=%s HEAD
expect_out <<EOT
both in one

drafts/declaration.md
drafts/declaration/AFR.md
EOT
run adref commit declaration
expect_status 3
expect_err_has 'nothing has changed'

it 'commits one region'\''s text alone by its name or its path'
workspace
mkdir -p drafts/declaration
printf 'to invite Members\n' >drafts/declaration/EUR.md
printf 'to invite Members\n' >drafts/declaration/AFR.md
run adref commit declaration/AFR
expect_status 0
run adref commit drafts/declaration/EUR.md
expect_status 0
[ "$(git log -2 --format=%s | sort | tr '\n' ' ')" = 'declaration/AFR: new draft declaration/EUR: new draft ' ] || fail "$(git log -2 --format=%s)"
expect_clean

it 'says how to tell git who you are, where nobody can be asked'
git init -q -b main
mkdir drafts
echo x >drafts/x.md
run adref commit x
expect_status 3
expect_one_line
expect_err_has 'git config --global user.name'

it 'asks a person at a terminal who they are, once, and keeps it here'
if command -v script >/dev/null 2>&1; then
	git init -q -b main
	mkdir drafts
	echo x >drafts/x.md
	printf 'Amina Diallo\namina@example.org\n' | script -qec '"$ADREF" commit x' /dev/null >"$T/screen" 2>&1
	run git log -1 --format='%an <%ae>'
	expect_out <<EOT
Amina Diallo <amina@example.org>
EOT
	[ "$(git config --local user.name)" = 'Amina Diallo' ] || fail 'not kept' "$T/screen"
else
	skip 'needs script'
fi

it 'says what was changed beside the draft and does not go along'
repository
mkdir -p drafts/a
printf 'we [shall / should]{#b1} go\n' >drafts/a.md
printf 'we shall go\n' >drafts/a/AFR.md
printf 'b1: {stance: supports, option: 1}\n' >drafts/a/EUR.positions.yaml
git add -A && git commit -qm start
printf 'b1: {stance: supports, option: 2}\n' >drafts/a/EUR.positions.yaml
rm drafts/a/AFR.md
run adref commit a
expect_status 3
expect_err_has 'nothing has changed'
expect_err_has 'not committed with it: drafts/a/AFR.md, drafts/a/EUR.positions.yaml'
printf 'we [shall / should]{#b1} go now\n' >drafts/a.md
run adref commit a
expect_status 0
expect_err_has 'not committed with it: drafts/a/AFR.md, drafts/a/EUR.positions.yaml'
git add -A && git commit -qm by-hand
printf 'we [shall / should]{#b1} go\n' >drafts/a.md
run adref commit a
case $(cat "$T/err") in *'by hand'*) fail 'there is nothing left' ;; esac

# SPDX-License-Identifier: MIT
. "$ADREF_SOURCE/tests/cli/lib.sh"
export GIT_AUTHOR_NAME='Test Rapporteur' GIT_AUTHOR_EMAIL=rapporteur@example.org
empty_identity() { unset GIT_AUTHOR_NAME GIT_AUTHOR_EMAIL; }

it 'makes a workspace with its first commit'
run adref init new/place
expect_status 0
expect_out <<EOT
drafts/regions.yaml
drafts/meetings.yaml
drafts/example.md
EOT
expect_err_has 'the workspace is ready; "adref new/place" opens it'
cd new/place || exit
expect_clean
[ "$(commits)" = 1 ] || fail 'not one commit'
run adref check --agreed example
expect_status 1
run adref resolve example 1 1
expect_status 0

it 'makes one here, beside what is there'
echo mine >notes.txt
run adref init
expect_status 0
expect_err_has '"adref" opens it'
run git status --porcelain
expect_out <<EOT
?? notes.txt
EOT

it 'never touches drafts that are there'
run adref init w
cp -R w before
run adref init w
expect_status 3
expect_one_line
expect_err_has 'nothing was written'
run diff -r before/drafts w/drafts
expect_status 0

it 'takes up drafts that are in no repository yet'
mkdir drafts
echo 'a [b] c' >drafts/mine.md
run adref init
expect_status 0
expect_err_has 'the drafts that were there begin the history'
expect_clean
[ -e drafts/example.md ] && fail 'an example among the drafts'
run adref resolve mine 1 1
expect_status 0

it 'uses the repository it is in'
repository
git commit -q --allow-empty -m begin
run adref init texts
expect_status 0
[ -e texts/.git ] && fail 'a repository in a repository'
[ "$(commits)" = 2 ] || fail 'not one commit more'
expect_clean

it 'writes nothing where nothing can be committed'
git init -q --bare bare.git
cd bare.git || exit
ls >../before
run adref init
expect_status 3
expect_one_line
expect_err_has 'bare repository'
ls >../after
expect_same ../before ../after

it 'leaves no repository behind where drafts is a file'
echo mine >drafts
run adref init
expect_status 3
expect_one_line
expect_err_has 'is no folder'
[ -e .git ] && fail 'a repository was left behind'

it 'writes no drafts before it knows who commits them, and says how to finish'
empty_identity
run adref init w
expect_status 3
expect_one_line
expect_err_has 'git config --global user.name'
expect_err_has 'git config --global user.email'
expect_err_has 'then run adref init again'
[ -e w/drafts ] && fail 'drafts without a commit'
git -C w config user.name 'Lupe Vai'
git -C w config user.email lupe@example.org
run adref init w
expect_status 0

it 'asks a person at a terminal who they are'
empty_identity
if command -v script >/dev/null 2>&1; then
	printf 'A <b>\nx\nAmina Diallo\namina@example.org\n' | script -qec '"$ADREF" init w' /dev/null >"$T/screen" 2>&1
	run git -C w log -1 --format='%an <%ae>'
	expect_out <<EOT
Amina Diallo <amina@example.org>
EOT
	grep -q 'the name cannot be used' "$T/screen" || fail 'a name with < was taken' "$T/screen"
else
	skip 'needs script'
fi

it 'cannot make a folder where there is a file'
echo x >file
run adref init file
expect_status 3
expect_one_line
run adref init file/below
expect_status 3
run adref init ''
expect_status 2
run adref init a b
expect_status 2

it 'makes no second workspace inside of one without being told to'
export GIT_AUTHOR_NAME=A GIT_AUTHOR_EMAIL=a@example.org GIT_COMMITTER_NAME=A GIT_COMMITTER_EMAIL=a@example.org
run adref init conference
expect_status 0
cd conference || exit
before=$(git rev-parse HEAD)
mkdir annexes
for place in annexes annexes/new drafts; do
	run adref init $place
	expect_status 3
	expect_err_has "$place is inside of the workspace $PWD, which has its drafts in $PWD/drafts: work there"
	expect_err_has '--yes makes a second workspace'
	[ ! -e $place/drafts ] || fail "$place/drafts is there"
done
[ ! -e annexes/new ] || fail 'a folder was made'
(cd annexes && adref init 2>"$T/said") && fail 'it was made all the same'
[ "$(git rev-parse HEAD)" = "$before" ] || fail 'something was committed'
run adref init --yes annexes
expect_status 0
[ -e annexes/drafts/example.md ] || fail 'no second workspace'
# A repository of its own is another matter, and so is a folder above that only is called so.
git init -q own
run adref init own
expect_status 0
mkdir -p ../home/drafts
cd ../home || exit
run adref init conference
expect_status 0

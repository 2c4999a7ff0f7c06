# SPDX-License-Identifier: MIT
. "$ADREF_SOURCE/tests/cli/lib.sh"

# git looks for adref itself.
mkdir -p "$T/bin"
ln -s "$(realpath "$ADREF")" "$T/bin/adref"
PATH=$T/bin:$PATH

# shared: a workspace whose git merges drafts, with one draft, and branches for three regions.
shared() {
	repository .
	mkdir -p drafts
	cat >drafts/res-1.md <<EOT
# Resolution

resolves

1) that Members shall report every year;

2) that the Council meets in one place,
EOT
	git add -A && git commit -qm start
	adref git-setup 2>/dev/null || fail 'git-setup'
	for region in AFR EUR ASP; do git branch $region; done
}

# says BRANCH OLD NEW: the branch changes words of the draft.
says() {
	git checkout -q "$1"
	sed "s/$2/$3/" drafts/res-1.md >"$T/new" && cat "$T/new" >drafts/res-1.md
	git commit -qam "$1: $3"
}

# joins BRANCH OTHER: a plain git merge; points are committed as they come.
joins() {
	git checkout -q "$1"
	if git merge -q --no-edit "$2" >"$T/merge" 2>&1; then return; fi
	git commit -qam "$1 and $2" || fail "merge of $2 into $1" "$T/merge"
}

it 'sets git up and says so; what was there stays; and takes it back'
repository .
mkdir drafts && echo text >drafts/a.md && echo '*.png binary' >.gitattributes
git add -A && git commit -qm start
run adref git-setup
expect_status 0
expect_clean
expect_file .gitattributes <<EOT
*.png binary
# adref merges drafts word by word, and compares them by words
drafts/**/*.md merge=adref diff=adref
drafts/**/*.yaml merge=adref
EOT
run adref git-setup
expect_status 0
[ "$(commits)" = 2 ] || fail 'a commit for nothing'
run adref git-setup --remove
expect_status 0
expect_file .gitattributes <<EOT
*.png binary
EOT
git config merge.adref.driver && fail 'the driver is there still'
expect_clean

it 'is set up by init, when asked to'
export GIT_AUTHOR_NAME='Test Rapporteur' GIT_AUTHOR_EMAIL=rapporteur@example.org
run adref init --drivers w
expect_status 0
expect_file_has w/.gitattributes 'drafts/**/*.md merge=adref'
git -C w config merge.adref.driver >/dev/null || fail 'no driver'
run adref init --no-drivers v
[ -e v/.gitattributes ] && fail 'set up all the same'

it 'makes a point of what two branches changed, with their regions'
shared
says AFR 'every year' 'every two years'
says EUR 'every year' 'each month'
git checkout -q AFR
run git merge --no-edit EUR
expect_status 1
expect_file_lacks drafts/res-1.md '<<<<<<<'
expect_file_has drafts/res-1.md '1) that Members shall report [every year / EUR: each month / AFR: every two years];'
git commit -qam merged
run git log -p -1 --format=%s EUR
expect_out_has '-year;'
expect_out_has '+month;'

it 'merges without a word what does not touch'
shared
says AFR 'every year' 'every two years'
says EUR 'one place' 'two places'
git checkout -q AFR
run git merge --no-edit EUR
expect_status 0
expect_file_has drafts/res-1.md 'every two years'
expect_file_has drafts/res-1.md 'two places'

it 'comes to the same points in whatever order three regions merge'
shared
says AFR 'every year' 'every two years'
says EUR 'every year' 'each month'
says ASP 'every year' 'regularly'
git branch first AFR
joins AFR EUR
joins AFR ASP
cp drafts/res-1.md "$T/one"
git branch AFR2 AFR
joins ASP EUR
git branch -f AFR first 2>/dev/null || { git checkout -q ASP && git branch -qf AFR first; }
joins ASP AFR
expect_same "$T/one" drafts/res-1.md
expect_file_has drafts/res-1.md '[every year / EUR: each month / AFR: every two years / ASP: regularly]'

it 'comes to the same points when two regions merge each other crosswise'
shared
says AFR 'every year' 'every two years'
says EUR 'every year' 'each month'
git branch AFR-1 AFR
git branch EUR-1 EUR
git checkout -q AFR && git merge -q --no-edit EUR >/dev/null 2>&1 || git commit -qam 'AFR takes EUR'
says AFR 'one place' 'two places'
git checkout -q EUR && { git merge -q --no-edit AFR-1 >/dev/null 2>&1 || git commit -qam 'EUR takes AFR'; }
says EUR 'Council' 'Union'
joins EUR AFR
expect_file_has drafts/res-1.md 'two places'
expect_file_has drafts/res-1.md 'the Union'
expect_file_lacks drafts/res-1.md '<<<<<<<'
[ "$(adref brackets --count drafts/res-1.md 2>/dev/null | head -1 | grep -o '[0-9]*' | head -1)" = 1 ] ||
	fail 'not one point' drafts/res-1.md
cp drafts/res-1.md "$T/one"
joins AFR EUR
expect_same "$T/one" drafts/res-1.md

it 'follows a draft that one branch renamed'
shared
says AFR 'every year' 'every two years'
git checkout -q EUR
git mv drafts/res-1.md drafts/res-9.md
git commit -qm renamed
git checkout -q AFR
run git merge --no-edit EUR
expect_status 0
expect_file_has drafts/res-9.md 'every two years'

it 'says that one branch took out what the other changed'
shared
says AFR 'every year' 'every two years'
git checkout -q EUR
git rm -q drafts/res-1.md
git commit -qm gone
git checkout -q AFR
run git merge --no-edit EUR
expect_status 1
expect_out_has 'CONFLICT (modify/delete)'
expect_file_has drafts/res-1.md 'every two years'

it 'leaves both texts where adref is not found, or cannot go on'
shared
says AFR 'every year' 'every two years'
says EUR 'every year' 'each month'
git checkout -q AFR
git config merge.adref.driver "$(git config merge.adref.driver | sed "s/'adref'/'no-such-adref'/")"
run git merge --no-edit EUR
expect_status 1
expect_out_has 'CONFLICT'
expect_file_has drafts/res-1.md 'every two years'
expect_file_has drafts/res-1.md 'each month'
[ "$(head -1 drafts/res-1.md)" = '[' ] || fail 'not a point' drafts/res-1.md
run adref brackets drafts/res-1.md
expect_status 0
git merge --abort
expect_clean

it 'merges positions that two branches wrote'
shared
mkdir -p drafts/res-1
git checkout -q AFR
mkdir -p drafts/res-1
printf 'b1:\n  stance: supports\n' >drafts/res-1/AFR.positions.yaml
git add -A && git commit -qm AFR
git checkout -q EUR
mkdir -p drafts/res-1
printf 'b2:\n  stance: opposes\n' >drafts/res-1/AFR.positions.yaml
git add -A && git commit -qm EUR
run git merge --no-edit AFR
expect_status 0
expect_file drafts/res-1/AFR.positions.yaml <<EOT
b1:
  stance: supports
b2:
  stance: opposes
EOT

it 'prints a text a word a line'
printf 'a) one two\r\n\r\nthree\n' >t.md
run adref words t.md
expect_out <<EOT
§ a) one two
a)
one
two

§ three
three

EOT

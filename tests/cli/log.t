# SPDX-License-Identifier: MIT
. "$ADREF_SOURCE/tests/cli/lib.sh"
export XDG_CACHE_HOME="$T/cache"

demo() {
	"$ADREF_SOURCE/tests/tools/demo" >/dev/null 2>&1
	cp -R "$T/cache/adref/demo" here
	cd here || exit 1
}

# put NAME TEXT DATE: a version of a draft
put() {
	mkdir -p drafts
	printf '%b' "$2" >"drafts/$1.md"
	git add -A
	GIT_AUTHOR_DATE="$3" GIT_COMMITTER_DATE="$3" git commit -q -m "$1: ${4-a version}"
}

it 'lists the versions of a draft with what they did to its points'
repository
put a 'one [x / y] two\n' '2026-01-02T10:00:00Z'
put a 'one [x / y / z] two [new]\n' '2026-02-03T10:00:00Z'
put b 'other\n' '2026-02-04T10:00:00Z'
put a 'one z two [new]\n' '2026-03-04T10:00:00Z'
run adref log a
expect_status 0
sed -i 's/  [0-9a-f]\{10\}  /  ID  /' "$T/out"
expect_out <<EOT
2026-03-04  ID  Test Rapporteur
    a: a version
    points: 1 resolved
2026-02-03  ID  Test Rapporteur
    a: a version
    points: 1 opened · 1 changed
2026-01-02  ID  Test Rapporteur
    a: a version
    points: 1 opened
EOT
run adref log -n 1 --json a
expect_status 0
expect_out_has '"points": {"opened": 0, "changed": 0, "resolved": 1, "reopened": 0}'
git log --format=%H -- drafts/a.md >want
adref log --json a | grep -o '"commit": "[0-9a-f]*"' | cut -d '"' -f 4 >got
expect_same want got

it 'says that nothing of a draft is committed, and finds a phrase that came or went'
repository
put a 'one two\n' '2026-01-02T10:00:00Z'
put a 'one\n' '2026-01-03T10:00:00Z' shorter
printf 'new\n' >drafts/b.md
run adref log b
expect_status 0
expect_out ''
expect_err_has 'b has no version yet: nothing of it is committed'
run adref log --phrase two a
expect_out_has 'a: shorter'
expect_out_has 'a: a version'
run adref log --phrase three a
expect_out ''
expect_err_has 'no version is '

it 'tells decisions in words, and who was against'
demo
run adref log res-reunions
expect_status 0
expect_out_has 'decided: point 1, option 1, "de nombreuses" · against EUR'
expect_out_has '2026-09-14'
expect_out_has 'IRM-1'
expect_out_lacks 'agreed.yaml'
run adref log --all res-reunions
expect_out_has 'agreed ad referendum: "a) que chacune'
run adref log
expect_out_has 'res-connectivity/deferred.yaml'
expect_out_has 'deferred: point 14 (b2b77), until IRM-3'

it 'filters by author, day, meeting, party and phrase'
demo
count() { adref log --json "$@" | grep -c '"commit"'; }
same() { [ "$1" = "$2" ] || fail "counted $1, not $2"; }
same "$(count --author 'paolo')" 8
same "$(count --since 2026-09-14 --until 2026-09-14)" 3
same "$(count --meeting rpm-arb)" 1
same "$(count --added 'au moins une' res-reunions)" 1
same "$(count --removed 'une réunion préparatoire' res-reunions)" 1
same "$(count --party CIS res-reunions)" 1
same "$(count --party RCC res-reunions)" 1
run adref log --since yesterday
expect_status 2
expect_one_line
run adref log --party XYZ
expect_status 2

it 'follows renames and knows deleted drafts'
repository
put a 'one [x / y] two three four\n' '2026-01-02T10:00:00Z'
git mv drafts/a.md drafts/b.md
put b 'one [x / y] two three four five\n' '2026-02-03T10:00:00Z'
run adref log b
expect_out_has 'renamed from drafts/a.md'
expect_out_has '2026-01-02'
put c 'x\n' '2026-02-05T10:00:00Z'
git rm -q drafts/b.md
git commit -q -m gone
run adref log b
expect_status 0
expect_out_has '(deleted)'
run adref log
expect_out_has "it comes back with: adref restore --from $(git rev-parse --short=10 HEAD)~1 b"
run adref restore --yes --from HEAD~1 b
expect_status 0
run adref log
expect_out_lacks 'comes back with'
run adref log never
expect_status 3
expect_one_line

it 'takes a meeting from a tag, and shows other tags'
repository
put a 'one [x / y] two\n' '2026-01-02T10:00:00Z'
printf 'meetings:\n  - code: IRM-7\n    name: Seventh\n    dates: [2027-01-01]\n' >drafts/meetings.yaml
git tag -a -m meeting IRM-7
git tag v1
run adref log a
expect_out_has 'IRM-7'

it 'says what a shallow clone has not'
repository first
cd first || exit 1
put a '1\n' '2026-01-02T10:00:00Z'
put a '2\n' '2026-01-03T10:00:00Z'
put a '3\n' '2026-01-04T10:00:00Z'
cd ..
git clone -q --depth 2 "file://$PWD/first" second
cd second || exit 1
run adref log a
expect_status 0
expect_err_has 'shallow'

it 'shows hostile names and texts, and sends none of them'
repository
mkdir drafts
printf 'one \000 [x] two\n' >drafts/a.md
git add -A
GIT_AUTHOR_NAME="$(printf 'E\033[31mvil\302\233\342\200\256')" GIT_AUTHOR_DATE='@0 +0000' \
	git commit -q -m "$(printf 'sub\033]0;x\007ject')"
printf 'one [x] two\n' >drafts/a.md
GIT_AUTHOR_DATE='@2147483648 +0000' git commit -q -a -m later
run adref log a
expect_status 0
expect_raw_free
expect_out_has '1970-01-01'
expect_out_has '2038-01-19'
run adref log --json a
expect_raw_free
run adref life a
expect_status 0
expect_raw_free
expect_err_has 'cannot be shown'

it 'stops quietly where nobody reads'
repository
put a '1\n' '2026-01-02T10:00:00Z'
put a '2\n' '2026-01-03T10:00:00Z'
adref log a | head -n 1 >line
expect_file_has line '2026-01-03'

it 'does not call a position a decision'
repository
put a 'one [x / y] two\n' '2026-01-02T10:00:00Z'
run adref position a 1 EUR supports 2
run adref log a
expect_status 0
expect_out_has 'position: point 1 (b'
expect_out_has '), EUR supports option 2, "y"'
expect_out_lacks 'decided'

it 'keeps the counts it made, and trusts them only where they fit'
repository
put a 'one [x / y] two\n' '2026-01-02T10:00:00Z'
put a 'one x (ABC: z) two [new / ABC: old]\n' '2026-03-04T10:00:00Z'
put a 'one x (ABC: z) two [new]\n' '2026-03-05T10:00:00Z'
run adref log a
expect_status 0
mv "$T/out" first
[ "$(find .git/adref -name 'tally-*' | wc -l)" = 1 ] || fail 'nothing is kept'
run adref log a
expect_same first "$T/out"
run adref log -n 1 a
expect_out_has 'points: 1 changed'
printf 'no tally\n' >.git/adref/"$(basename .git/adref/tally-*)"
run adref log a
expect_same first "$T/out"
put a 'one x\n' '2026-03-06T10:00:00Z'
run adref log a
expect_out_has '2026-03-06'
sed 1,3d "$T/out" >rest
expect_same first rest
# What somebody else kept is not believed, but kept anew.
mv "$T/out" mine
cp .git/adref/tally-* kept
XDG_STATE_HOME=$T/stranger run adref log a
expect_same mine "$T/out"
if cmp -s kept .git/adref/tally-*; then fail 'the tally of another user is believed'; fi
# Other words are parties now: what was counted is counted again.
printf 'parties:\n  - code: ABC\n    name: {en: All}\n' >drafts/regions.yaml
find .git/adref -name 'tally-*' -exec cp {} kept \;
run adref log a
expect_status 0
if cmp -s kept .git/adref/tally-*; then fail 'the counts of other parties are kept'; fi

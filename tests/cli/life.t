# SPDX-License-Identifier: MIT
. "$ADREF_SOURCE/tests/cli/lib.sh"
export XDG_CACHE_HOME="$T/cache"

demo() {
	"$ADREF_SOURCE/tests/tools/demo" >/dev/null 2>&1
	cp -R "$T/cache/adref/demo" here
	cd here || exit 1
}

it 'tells what became of a point, by id'
demo
run adref life res-reunions b3f2a
expect_status 0
sed -i 's/  [0-9a-f]\{10\}  /  ID  /' "$T/out"
expect_out_has '2026-02-18  ID  RPM-AFR   born            [une / AFR: au moins une]  (AFR)  ·  Amina Diallo  AFCP/12'
expect_out_has '2026-03-11  ID  RPM-ARB   option added    deux  (ARB)  ·  Nadia Haddad  ARB/44'
expect_out_has '2026-06-17  ID  RPM-EUR   joined          EUR, option 2: au moins une  ·  Ingrid Solberg  ECP/24'
expect_out_has 'ARB supports option 3 (red line), ARB/44/1'

it 'says that it cannot tell of more than 128 parties'
repository
mkdir -p drafts
{ echo parties:; for i in $(seq 129); do echo "  - {code: P$i, name: {en: Party $i}}"; done; } >drafts/regions.yaml
echo 'to [go / P1: run / P129: rest]' >drafts/a.md
git add -A && git commit -qm a
run adref life a
expect_status 0
expect_err_has 'more than 128 parties'
run adref life a
expect_err_has 'more than 128 parties'
sed -i /P129/d drafts/regions.yaml
run adref life a
expect_err_lacks 'more than 128'

it 'tells of points that are resolved, and of what is put off'
demo
run adref life res-reunions 'de nombreuses / EUR'
expect_out_has 'resolved        option 1: de nombreuses  against EUR'
run adref life res-connectivity b2b77
expect_out_has 'deferred        until IRM-3'
run adref life res-reunions nothing-such
expect_status 3
expect_one_line

it 'lists every point there ever was'
demo
run adref life res-reunions
expect_status 0
[ "$(wc -l <"$T/out")" = 21 ] || fail 'not 21 points' "$T/out"
run adref life --open res-reunions
expect_out_lacks resolved
run adref life --json res-reunions
expect_status 0
expect_out_has '"state": "resolved"'
expect_out_has '"event": "option-added"'

it 'goes on from what it kept, and gives the same'
demo
adref life --json res-reunions >first
adref life --json res-reunions >second
expect_same first second
[ -n "$(ls .git/adref/life-* 2>/dev/null)" ] || fail 'nothing was kept'
run adref resolve res-reunions b3f2a 2
expect_status 0
adref life --json res-reunions >third
rm -r .git/adref
adref life --json res-reunions >fourth
expect_same third fourth
run adref life res-reunions b3f2a
expect_out_has 'resolved        option 2: au moins une  against ARB  for AFR, AMS, ASP, EUR'
run adref undo res-reunions
run adref life res-reunions b3f2a
expect_out_has 'reopened'

it 'says of a resolved point who was for it and against whose position it went'
repository
mkdir -p drafts/a
printf 'to hold [one / AFR: two / ARB: three] (CIS) meetings [now]{#b7}\n' >drafts/a.md
printf 'b7: {stance: opposes, option: 1}\n' >drafts/a/EUR.positions.yaml
printf 'b7: {stance: supports, option: 1}\n' >drafts/a/ASP.positions.yaml
git add -A && git commit -q -m start
# What the record heard: a position of a party's file, and what a party asks for in the text.
run adref resolve a 1 2
run adref resolve a b7 1
run adref life a now
expect_out_has 'resolved        option 1: now  against EUR  for ASP'
run adref life a one
expect_out_has 'resolved        option 2: two  against ARB, CIS  for AFR'
run adref life --json a
expect_out_has '"for": ["ASP"], "against": "EUR"'
# By hand: as the text had it.
printf 'to hold [one / AFR: two / ARB: three] (CIS) meetings\n' >drafts/a.md
git commit -q -a -m again
printf 'to hold three meetings\n' >drafts/a.md
git commit -q -a -m decided
run adref life a one
expect_out_has 'resolved        option 3: three  against AFR, CIS  for ARB  (no decision recorded)'

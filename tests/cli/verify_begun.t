# SPDX-License-Identifier: MIT
. "$ADREF_SOURCE/tests/cli/signing.sh"

# Signing is begun where positions stand already: those of the commit that is vouched for are
# taken as found, everything after is signed.

# begun: Africa's and Europe's positions, which nobody signed; trust begins after them
begun() {
	start pin
	adref position --no-sign talk b1 AFR opposes 1 --meeting M0 --date 2025-12-01 2>/dev/null
	git tag older
	adref position --no-sign talk b1 AFR supports 1 --meeting M1 --date 2026-01-01 --note 'as read' 2>/dev/null
	adref position --no-sign talk b2 EUR reserves --date 2026-01-01 2>/dev/null
	git tag begin
	BEGIN=$(git rev-parse begin)
	by afr
}

# asked: everybody's positions have to be signed from there on
asked() { run adref verify --require positions --pin "$BEGIN"; }

# hides WORDS: an attempt to pass for what was found is refused; then all is as it was
hides() {
	asked
	expect_status 1
	expect_out_has "$1"
	git reset -q --hard begin
	git clean -q -f -d
}

it 'takes what stood where trust begins as found'
begun
asked
expect_status 0
expect_out_has 'as found        talk  AFR  b1  supports option 1'
expect_out_has 'as found        talk  EUR  b2  reserves'
expect_err_has "2 are as found: they stood so, unsigned, in $(git rev-parse --short=10 begin) where trust begins"
expect_err_has '0 signed, 0 unsigned, 0 refused'
run adref verify --json --require positions --pin "$BEGIN"
expect_status 0
expect_out_has '"result": "as-found"'
# Without a commit to begin at, and where it begins earlier, they are unsigned.
run adref verify --require positions --pin "$PIN"
expect_status 1
expect_out_has 'unsigned        talk  AFR  b1'
# The other side takes them, and what is signed from now on.
git init -q --bare "$T/hub.git"
printf '#!/bin/sh\nexec "%s" verify --pre-receive --require positions --pin %s\n' "$ADREF" "$BEGIN" >"$T/hub.git/hooks/pre-receive"
chmod +x "$T/hub.git/hooks/pre-receive"
git push -q "$T/hub.git" HEAD:refs/heads/main || fail 'what was found is not taken'
says supports 2
asked
expect_status 0
expect_out_has 'signed          talk  AFR  b1  supports option 2'
expect_err_has '1 is as found'
git push -q "$T/hub.git" HEAD:refs/heads/main || fail 'what is signed is not taken'
adref position --no-sign talk b3 AFR supports 1 2>/dev/null
git push -q "$T/hub.git" HEAD:refs/heads/main 2>"$T/said" && fail 'what is unsigned is taken'
grep -q 'unsigned  talk  AFR  b3' "$T/said" || fail 'it is not said which' "$T/said"
# So it is with what is taken back.
git reset -q --hard begin
adref position --remove talk b1 AFR 2>/dev/null
asked
expect_status 0
expect_out_has 'signed          talk  AFR  b1  withdrawn'

it 'takes no other record for one that was found'
begun
for change in 's/supports/accepts/' 's/supports/opposes/' 's/option: 1/option: 2/' 's/option: 1, //; s/supports/reserves/' \
	's/as read/as heard/' 's/, note: [^}]*//' 's/2026-01-01/2026-01-02/' 's/M1/M2/' \
	's/supports,/supports, strength: red-line,/' 's/wording: "\(.\{15\}\)."/wording: "\1x"/' 's/wording: "[^"]*", //'; do
	edited $positions "$change"
	hides 'unsigned        talk  AFR  b1'
done
# Another point, another draft, another party.
edited $positions 's/^b1/b3/'
hides 'unsigned        talk  AFR  b3'
edited $positions '/^b1/{p;s/^b1/b3/}'
hides 'unsigned        talk  AFR  b3'
mkdir drafts/other
cp $positions drafts/other
git add . && git commit -q -m copied
hides 'unsigned        other  AFR  b1'
cp $positions drafts/talk/ARB.positions.yaml
git add . && git commit -q -m copied
hides 'unsigned        talk  ARB  b1'
cp $positions drafts/talk/EUR.positions.yaml
git add . && git commit -q -m copied
hides 'unsigned        talk  EUR  b1'
sed -i '1i b1: {stance: opposes, option: 2, wording: "aaaaaaaaaaaaaaaa"}' $positions
git commit -q -a -m double
hides 'unsigned        talk  AFR  b1  opposes'
# One that stood before it, though a commit has it.
git checkout -q older -- $positions
git commit -q -m older
hides 'unsigned        talk  AFR  b1  opposes'
git checkout -q -b aside older
git commit -q --allow-empty -m aside
git checkout -q main
git merge -q -s ours -m merge aside
git checkout -q aside -- $positions
git commit -q -m 'from a branch'
hides 'unsigned        talk  AFR  b1  opposes'
git branch -q -D aside
# A list of parties that gives one party's word to another.
printf 'parties:\n  - {code: ARB, name: {en: Arab States}, aliases: [AFR]}\n' >drafts/regions.yaml
git add . && git commit -q -m 'who is who'
hides 'unsigned        talk  AFR  b1'

it 'takes no signature made up for one that was found'
begun
for serial in 1 1767225600 99999999999; do
	printf 'b1: {serial: %s, previous: "", wording: "", signature: "U1NIU0lH"}\n' $serial >$signatures
	git add . && git commit -q -m 'a signature'
	hides ' talk  AFR  b1'
done
by eve
adref position talk b1 AFR supports 1 --meeting M1 --date 2026-01-01 --note 'as read' 2>/dev/null
hides 'key not listed  talk  AFR  b1  supports option 1'
# Signed by who may, then with another number, or moved.
by afr
adref position talk b1 AFR supports 1 --meeting M1 --date 2026-01-01 --note 'as read' 2>/dev/null
asked
expect_status 0
expect_out_has 'signed          talk  AFR  b1'
edited $signatures 's/serial: \([0-9]*\)/serial: 1/'
hides 'bad             talk  AFR  b1'

it 'puts nothing back that was found, once its party has signed'
begun
says supports 2
git checkout -q begin -- $positions
git commit -q -m back
hides 'bad             talk  AFR  b1'
says supports 2
git checkout -q begin -- $positions
git rm -q $signatures
git commit -q -m back
hides 'it was signed, and is not any longer'
adref position --remove talk b1 AFR 2>/dev/null
git checkout -q begin -- $positions
git commit -q -m back
hides 'the party took this position back; it stands again'
adref position --remove talk b1 AFR 2>/dev/null
git checkout -q begin -- $positions
git rm -q $signatures
git commit -q -m back
hides 'it was signed, and is not any longer'

it 'misses what was found and is gone'
begun
adref position --no-sign --remove talk b1 AFR 2>/dev/null
hides 'it stood where trust begins and is gone; nobody signed that'
git rm -q -r drafts/talk
git commit -q -m gone
hides 'unsigned        talk  EUR  b2    it stood where trust begins and is gone'
# With its point decided it does no harm.
by chair
adref resolve talk b1 1 2>/dev/null
edited $positions '/^b1/d'
asked
expect_status 0

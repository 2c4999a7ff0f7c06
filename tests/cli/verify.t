# SPDX-License-Identifier: MIT
. "$ADREF_SOURCE/tests/cli/signing.sh"

it 'says who signed a position that holds'
start
run adref verify --pin pin
expect_status 0
expect_out_has 'signed          talk  AFR  b1  supports option 2 (prefers)  Amina  SHA256:'
run adref verify --pin pin --json
expect_out_has '"verified": true'
expect_out_has '"result": "signed"'
says opposes 1
holds 'opposes option 1'
adref position --remove talk b1 AFR 2>/dev/null
holds 'withdrawn'
says reserves
holds 'reserves'
says none
holds 'none'

it 'keeps signatures through merges and rebases'
start
git switch -q -c side
by eur
adref position talk b2 EUR supports 1 2>/dev/null
adref position talk b1 EUR opposes 2 2>/dev/null
git switch -q main
by afr
says supports 1
adref position talk b3 AFR opposes 1 2>/dev/null
git merge -q -m both side
holds 'talk  EUR  b2  supports option 1'
expect_out_has 'talk  AFR  b3  opposes option 1'
git reset -q --hard HEAD^1
git rebase -q side
holds 'talk  EUR  b1  opposes option 2'
expect_out_has 'talk  AFR  b1  supports option 1'
git reset -q --hard two
git merge -q --squash side
git commit -q -m squashed
holds 'talk  EUR  b1  opposes option 2'

it 'reads only the bytes that the manual names'
start
# The record of the manual, made by hand, checked by ssh-keygen with the list as it is.
serial=$(sed 's/.*serial: \([0-9]*\).*/\1/' $signatures)
previous=$(sed 's/.*previous: "\([0-9a-f]*\)".*/\1/' $signatures)
wording=$(sed 's/.*wording: "\([0-9a-f]*\)".*/\1/' $signatures)
field() { printf '%s %s:%s\n' "$1" "${#2}" "$2"; }
record() { # STANCE OPTION SERIAL PREVIOUS WORDING
	printf 'adref position 1\n'
	field root "$PIN"
	field draft drafts/talk
	field party AFR
	field point b1
	field stance "$1"
	field option "$2"
	field strength prefers
	field wording "$5"
	field source A/1
	field meeting M1
	field date 2026-01-01
	field note 'as read'
	field serial "$3"
	field previous "$4"
}
sed 's/.*signature: "\([^"]*\)".*/\1/' $signatures | fold -w 70 >"$T/body"
{
	echo '-----BEGIN SSH SIGNATURE-----'
	cat "$T/body"
	echo '-----END SSH SIGNATURE-----'
} >"$T/sig"
record supports 2 "$serial" "$previous" "$wording" >"$T/record"
run ssh-keygen -Y verify -f drafts/signers -I AFR -n adref-position@v1 -s "$T/sig" <"$T/record"
expect_status 0
# A record by the party's own key, but for another purpose.
for purpose in git file adref-position@v2; do
	ssh-keygen -Y sign -q -n "$purpose" -f "$T/afr" <"$T/record" >"$T/sig" 2>/dev/null
	other=$(grep -v SSH "$T/sig" | tr -d '\n')
	edited $signatures "s|signature: \"[^\"]*\"|signature: \"$other\"|"
	refused 'the signature was made for something else'
done
# And by hand for the right one, with another serial: it holds, for it is the party's.
record supports 2 $((serial + 5)) "$previous" "$wording" >"$T/record"
ssh-keygen -Y sign -q -n adref-position@v1 -f "$T/afr" <"$T/record" >"$T/sig" 2>/dev/null
other=$(grep -v SSH "$T/sig" | tr -d '\n')
edited $signatures "s|serial: [0-9]*|serial: $((serial + 5))|; s|signature: \"[^\"]*\"|signature: \"$other\"|"
holds
# Two with one number.
record supports 2 "$serial" '' "$wording" >"$T/record"
ssh-keygen -Y sign -q -n adref-position@v1 -f "$T/afr" <"$T/record" >"$T/sig" 2>/dev/null
other=$(grep -v SSH "$T/sig" | tr -d '\n')
git reset -q --hard two
edited $signatures "s|previous: \"[0-9a-f]*\"|previous: \"\"|; s|signature: \"[^\"]*\"|signature: \"$other\"|"
refused 'two with the same number'
# One that follows a record nobody knows.
nobody=$(printf x | sha256sum | cut -c1-64)
record supports 2 $((serial + 1)) "$nobody" "$wording" >"$T/record"
ssh-keygen -Y sign -q -n adref-position@v1 -f "$T/afr" <"$T/record" >"$T/sig" 2>/dev/null
other=$(grep -v SSH "$T/sig" | tr -d '\n')
edited $signatures "s|serial: [0-9]*|serial: $((serial + 1))|; s|previous: \"[0-9a-f]*\"|previous: \"$nobody\"|; s|signature: \"[^\"]*\"|signature: \"$other\"|"
refused 'out of order'

it 'refuses what is put back, taken away or out of order'
start
git checkout -q one -- drafts
git commit -q -m back
refused 'put back: the party signed a later one'
git revert --no-edit HEAD >/dev/null
refused 'put back: the party signed a later one'
git switch -q -c old one
printf 'x\n' >note
git add note
git commit -q -m note
git merge -q -s ours -m 'ours is old' main
git switch -q -C main
refused 'put back: the party signed a later one'
git rm -q $signatures
git commit -q -m unsigned
refused 'it was signed, and is not any longer'
git rm -q $positions $signatures
git commit -q -m gone
refused 'a signed position is gone'
sed -i '/^b1/d' $positions
git commit -q -a -m gone
refused 'the position is gone, its signature is not'
adref position --remove talk b1 AFR 2>/dev/null
git checkout -q two -- $positions
git commit -q -m 'stands again'
refused 'took this position back; it stands again'
adref position --remove talk b1 AFR 2>/dev/null
git checkout -q two -- drafts
git commit -q -m 'both back'
refused 'put back: the party signed a later one'
# The branch as it was before: its later record is in OLD only.
git reset -q --hard one
refused 'put back: the party signed a later one' two..one

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

it 'refuses a position that is not what was signed'
start
for change in 's/supports/opposes/' 's/supports/accepts/' 's/option: 2/option: 1/' 's/option: 2, //; s/supports/reserves/' \
	's/prefers/red-line/' 's/strength: prefers, //' 's/as read/as heard/' 's/, note: [^}]*//' \
	's/2026-01-01/2026-01-02/' 's/M1/M2/' 's,A/1,A/2,' 's/wording: "\(.\{15\}\)."/wording: "\1x"/' \
	's/wording: "[^"]*", //'; do
	edited $positions "$change"
	refused 'bad'
done
for change in 's/serial: \([0-9]*\)/serial: \19/' 's/previous: "[^"]*"/previous: ""/' 's/wording: "\([0-9a-f]*\)."/wording: "\10"/' \
	's/wording: "[^"]*"/wording: ""/' 's/withdrawn/w/; s/previous/withdrawn: true, previous/' 's/\(signature: "U1NIU0lHAAAAAQ\)/\1A/' \
	's/signature: "\(.\{200\}\)../signature: "\1xx/'; do
	edited $signatures "$change"
	refused ' talk  AFR  b1'
done
# Cut short, or no base64: there is no signature any more, and there was one.
edited $signatures 's/signature: "\(.\{80\}\)[^"]*/signature: "\1/'
refused 'not a signature as ssh-keygen makes them'
edited $signatures 's/signature: "[^"]*/signature: "?!/'
refused 'it was signed, and is not any longer'
edited $signatures 's/, signature: "[^"]*"//'
refused 'it was signed, and is not any longer'

it 'refuses a record of another point, draft, party or repository'
start
sed -i 's/^b1/b2/' $positions $signatures
git commit -q -a -m moved
refused 'bad             talk  AFR  b2'
mkdir -p drafts/other
cp $positions $signatures drafts/other
git add .
git commit -q -m copied
refused 'bad             other  AFR  b1'
cp $positions drafts/talk/EUR.positions.yaml
cp $signatures drafts/talk/EUR.signatures.yaml
git add .
git commit -q -m copied
refused 'bad             talk  EUR  b1'
rm -rf "$T/elsewhere"
repository "$T/elsewhere"
cp -R drafts "$T/elsewhere"
git -C "$T/elsewhere" add .
git -C "$T/elsewhere" commit -q -m 'same files, another root'
cd "$T/elsewhere" || exit 3
run adref verify --pin HEAD
expect_status 1
expect_out_has 'bad             talk  AFR  b1'

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

it 'refuses doubles, links and names that look alike'
start
# Another name of the party, where it has taken its position back.
adref position --remove talk b1 AFR 2>/dev/null
git show two:$positions >drafts/talk/ATU.positions.yaml
git add .
git commit -q -m alias
refused 'the party signed its position under its code'
sed -i '1i b1: {stance: opposes, option: 2, wording: "aaaaaaaaaaaaaaaa"}' $positions
git commit -q -a -m double
refused 'bad             talk  AFR  b1  opposes'
sed -i '1i "b1\\0": {stance: opposes, option: 2}' $positions
git commit -q -a -m nul
refused 'bad             talk  AFR  b1  opposes'
sed -i '1i "b1\\r": {stance: opposes, option: 2}' $positions
git commit -q -a -m cr
run adref verify --pin "$PIN" --require positions
expect_status 1
expect_out_has 'unsigned'
git reset -q --hard two
mv $positions drafts/kept.yaml
ln -s ../kept.yaml $positions
git add .
git commit -q -m link
refused 'a symbolic link, not a file'
mv $signatures drafts/kept.yaml
ln -s ../kept.yaml $signatures
git add .
git commit -q -m link
refused 'a symbolic link, not a file'

it 'refuses keys that may not sign'
start pin
by eve
says supports 1
refused 'key not listed  talk  AFR  b1  supports option 1  the list of signers does not have the key'
git reset -q --hard pin
by eur
says supports 1
refused 'the key is listed, but not for this'
git reset -q --hard pin
by chair
says supports 1
refused 'key not listed'

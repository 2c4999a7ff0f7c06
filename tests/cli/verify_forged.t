# SPDX-License-Identifier: MIT
. "$ADREF_SOURCE/tests/cli/signing.sh"

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

it 'refuses an older record where the later signature stood beside another position first'
start
git checkout -q -b first pin
mkdir -p drafts/talk
git show two:$signatures >$signatures
git show one:$positions >$positions
git add .
git commit -q -m 'signatures of one, positions of another'
git merge -q -s ours -m merge two
git checkout -q one -- drafts/talk
git commit -q -m back
refused 'put back'

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

it 'refuses a list of regions that gives one party what another signed'
start
printf 'parties:\n  - {code: EUR, name: {en: Europe}, aliases: [AFR]}\n  - {code: ARB, name: {en: Arab States}}\n' >drafts/regions.yaml
git add . && git commit -q -m 'who is who'
refused 'the file counts for EUR here, and the key is not listed for it'
# A key that is listed for both may.
start
sed -i "s/^AFR,/AFR,EUR,/" drafts/signers
by chair
git commit -q -S -a -m 'for both'
printf 'parties:\n  - {code: EUR, name: {en: Europe}, aliases: [AFR]}\n' >drafts/regions.yaml
git add . && git commit -q -m 'who is who'
holds 'signed '

it 'heeds neither replaced objects nor grafts nor a graph beside the commits'
start
forged=$(git commit-tree -m forged "two^{tree}")
git replace two "$forged"
git replace "$PIN" "$forged"
mkdir -p .git/info
printf '%s\n' "$(git --no-replace-objects rev-parse two) $forged" >.git/info/grafts
holds 'signed '
git --no-replace-objects commit-graph write --reachable 2>/dev/null
holds 'signed '
rm -rf .git/info/grafts .git/objects/info/commit-graph*
git replace -d two "$PIN" >/dev/null

it 'says at once that a key is not listed for the region'
start
by eur
run adref position talk b2 AFR opposes 1
expect_status 0
expect_err_has 'does not list this key for AFR (SHA256:'
by afr
run adref position talk b2 AFR supports 1
expect_status 0
[ "$(grep -c 'does not list' "$T/err")" = 0 ] || fail 'a listed key is warned of' "$T/err"

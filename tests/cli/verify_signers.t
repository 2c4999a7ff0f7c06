# SPDX-License-Identifier: MIT
. "$ADREF_SOURCE/tests/cli/signing.sh"

it 'takes changes of the list from a chair alone'
start
relist "\$a ASP $(key eve) Eve" chair
holds 'signed          '
expect_out_has '  as chair  The chair'
by eve
adref position talk b2 ASP supports 1 2>/dev/null
holds 'talk  ASP  b2'
# A chair hands over: the new one's changes count, the old one's no longer.
relist "s|^chair.*|chair $(key chair2)|" chair
holds
relist 's/ASP/CIS,ASP/' chair2
holds
relist 's/CIS,//' chair
refused 'the list of signers does not have the key'
start
relist "\$a ASP $(key eve)"
by eve
adref position talk b2 ASP supports 1 2>/dev/null
refused 'key not listed  talk  ASP  b2'
relist "\$a ASP $(key eve)"
refused 'no chair signed this change; the list before stays in force'
relist "\$a ASP $(key eve)" afr
refused 'key not listed  '
relist "\$a ASP $(key eve)" sec
refused 'the key is listed, but not for this'
relist "\$a chair $(key eve)" eve
refused 'the list of signers does not have the key'
relist "s|^AFR.*|AFR $(key eve)|" eve
by eve
says opposes 2
refused 'key not listed  talk  AFR  b1  opposes'
git rm -q drafts/signers
git commit -q -m 'no list'
refused 'no chair signed this change'
mv drafts/signers drafts/list
ln -s list drafts/signers
git add .
git -c user.signingkey="$T/chair" commit -q -S -m link
refused 'the list cannot be used (a link or a folder, not a file)'

it 'takes no list that could be read in two ways'
start
for line in "* $(key eve)" "A?R $(key eve)" "AFR,!EUR $(key eve)" "AFR cert-authority $(key eve)" \
	"AFR namespaces=\"*\" $(key eve)" "\"AFR\" $(key eve)" "AFR $(key eve)\\r" "AFR ssh-dss AAAA"; do
	relist "\$a $line" chair
	refused 'the list cannot be used (5: '
done
printf 'AFR %s a\000b\n' "$(key eve)" >>drafts/signers
relist '' chair
refused 'the list cannot be used (5: a control character)'

it 'holds keys against their times and purposes'
start
relist 's|^AFR[^ ]*|AFR valid-after="20200101",valid-before="20991231",namespaces="git,adref-position@v1"|' chair
holds
git reset -q --hard two
relist 's|^AFR[^ ]*|AFR valid-before="20200101"|' chair
refused 'the key is not valid any longer'
relist 's|^AFR[^ ]*|AFR valid-after="20990101"|' chair
refused 'the key is not valid yet'
relist 's|^AFR[^ ]*|AFR namespaces="git"|' chair
refused 'listed for other purposes'
relist '/^AFR/d' chair
refused 'the list of signers does not have the key'

it 'knows which list is in force after a merge'
start
git switch -q -c side
relist "s|^AFR[^ ]*|AFR,EUR|" chair
git switch -q main
printf 'x\n' >note
git add note
git commit -q -m note
git merge -q -m both side
by afr
adref position talk b2 EUR supports 1 2>/dev/null
holds 'talk  EUR  b2'
# A merge that takes the older list again, or one of its own.
git reset -q --hard two
printf 'x\n' >note
git add note
git commit -q -m note
git merge -q -s ours -m 'older list' side
refused 'no chair signed this change'
git reset -q --hard two
printf 'x\n' >note
git add note
git commit -q -m note
git merge -q --no-commit side
sed -i "s|^EUR.*|EUR $(key eve)|" drafts/signers
git commit -q -a -m 'evil merge'
refused 'no chair signed this change'
# Two lists changed apart: what both have counts, until a chair signs another.
git switch -q -C apart two
relist '/^EUR/d' chair
git merge -q -s ours -m both side
run adref verify --pin "$PIN"
expect_status 1
git -c user.signingkey="$T/chair" commit -q --amend -S -m both
holds

it 'lists a key for a party or a role'
start
before=$(wc -l <drafts/signers)
run adref trust --add CEPT "$T/eve.pub"
expect_status 0
expect_err_has 'drafts/signers has a line more: EUR  SHA256:'
expect_err_has '  The eve'
expect_err_has 'only a change counts that a key signed which the list has for chair'
[ "$(tail -n 1 drafts/signers)" = "EUR $(cat "$T/eve.pub")" ] || fail 'no such line' drafts/signers
[ "$(wc -l <drafts/signers)" = $((before + 1)) ] || fail 'more than a line' drafts/signers
by eve
git commit -q -a -S -m 'by somebody else'
adref position talk b1 EUR supports 1 2>/dev/null
refused 'key not listed  talk  EUR  b1'
adref trust --add EUR "$T/eve.pub" 2>/dev/null
by chair
git commit -q -a -S -m 'by the chair'
by eve
adref position talk b1 EUR supports 1 2>/dev/null
holds 'signed          talk  EUR  b1'
run adref trust --add EUR "$T/eve.pub"
expect_status 3
expect_err_has 'eve.pub: the list has this key for EUR, in line 5'
run adref trust --add ASP chair "$T/eve.pub"
expect_status 0
grep -q '^ASP,chair ssh-ed25519 ' drafts/signers || fail 'no such line' drafts/signers
git reset -q --hard two
# A list that ends without a line end; the first one of all.
printf 'AFR %s' "$(key afr)" >drafts/signers
run adref trust --add EUR "$T/eur.pub"
expect_status 0
expect_err_has 'the list has no key for chair'
[ "$(grep -c . drafts/signers)" = 2 ] || fail 'not two lines' drafts/signers
rm drafts/signers
run adref trust --add chair "$T/chair.pub"
expect_status 0
expect_file_has drafts/signers "chair $(cat "$T/chair.pub")"
expect_err_has 'adref trust --signers'
expect_err_lacks 'no key for chair'
git commit -q -a -m 'the list'
run adref trust --signers
expect_status 0
expect_out_has 'chair  SHA256:'
run adref trust --add secretariat "$T/sec.pub"
expect_err_has 'it counts once it is in a commit that a key signed which the list has for chair: git commit -S drafts/signers'
adref trust --signers --remove 2>/dev/null
git reset -q --hard two

it 'lists no key that is none, for nobody that is not there'
start
ssh-keygen -q -t rsa -b 1024 -N '' -f "$T/weak" 2>/dev/null
cat "$T/afr.pub" "$T/eur.pub" >"$T/both.pub"
cut -c1-60 "$T/eve.pub" >"$T/cut.pub"
echo 'hello' >"$T/text.pub"
printf '%s \033[31mred\n' "$(key eve)" >"$T/red.pub"
ssh-keygen -q -s "$T/chair" -I eve -n eve "$T/eve.pub" 2>/dev/null
for bad in both cut text red eve-cert; do
	run adref trust --add AFR "$T/$bad.pub"
	expect_status 3
	expect_err_has "$bad.pub: "
done
if [ -e "$T/weak.pub" ]; then
	run adref trust --add AFR "$T/weak.pub"
	expect_status 3
	expect_err_has 'this kind of key does not count'
fi
run adref trust --add AFR "$T/eve"
expect_status 3
expect_err_has "this is the secret part of a key; the list takes the public one, $T/eve.pub"
run adref trust --add AFR "$T/none.pub"
expect_status 3
run adref trust --add AFG "$T/eve.pub"
expect_status 2
expect_err_has 'AFG: no such party; a key is listed for AFR, AMS, ARB, ASP, CIS, EUR, chair or secretariat'
run adref trust --add AFR boss "$T/eve.pub"
expect_status 2
run adref trust --add AFR
expect_status 2
run adref trust --add AFR --signers "$T/eve.pub"
expect_status 2
git diff --quiet || fail 'something was written'
yes "EUR $(key eur)" | head -n 2000 >drafts/signers
cp drafts/signers full
run adref trust --add AFR "$T/eve.pub"
expect_status 3
expect_err_has 'drafts/signers: 2001: too many keys'
cmp -s full drafts/signers || fail 'something was written'
git reset -q --hard
echo 'AFR nonsense' >>drafts/signers
run adref trust --add AFR "$T/eve.pub"
expect_status 3
expect_err_has 'drafts/signers: 5: no key after the names'
[ "$(tail -n 1 drafts/signers)" = 'AFR nonsense' ] || fail 'something was written'

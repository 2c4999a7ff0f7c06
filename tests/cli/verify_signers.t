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

# SPDX-License-Identifier: MIT
. "$ADREF_SOURCE/tests/cli/signing.sh"

it 'says who signed a decision'
start
by chair
adref resolve talk b2 1 2>/dev/null
holds 'talk: point 2 decided: "soon"  as chair'
run git -c gpg.ssh.allowedSignersFile=drafts/signers verify-commit HEAD
expect_status 0
by sec
adref undo talk 2>/dev/null
holds '  as secretariat'
adref agree talk 1 >/dev/null 2>&1
git tag decided
# A key that is taken out counts for what was known then.
relist '/^secretariat/d' chair
holds '  as secretariat'
git switch -q -c late decided
adref resolve talk b2 2 2>/dev/null
git merge -q -m late main
refused 'the key was taken out of the list, by a commit that did not know this one'

it 'refuses decisions that nobody of the chair signed'
start
by afr
adref resolve talk b2 1 2>/dev/null
refused 'key not listed'
by eve
adref resolve talk b2 1 2>/dev/null
refused 'the list of signers does not have the key'
# The chair's name is anybody's to write.
git config user.name 'The chair'
by eve
adref resolve talk b2 1 2>/dev/null
refused 'key not listed'
by chair
for change in 's/^Decision: .*/Decision: option 2, "late"/' 's/^author [^<]*/author Eve /' 's/soon/late/' '/^gpgsig/a gpgsig x' \
	'/^committer/a gpgsig x' '/^tree/a gpgsig x' '/^committer/a gpgsig-sha256 x' '/^author/a \ goes on' '/^author/a other x' \
	'/^committer/a encoding' '/^gpgsig/i tree 4b825dc642cb6eb9a060e54bf8d69288fbee4904' '/^gpgsig/i author Eve <e@e> 1 +0000' \
	's/^gpgsig .*/gpgsig -----BEGIN PGP SIGNATURE-----/' 's/END SSH SIGNATURE/END/' 's/^ U1NI/ U1NJ/' 's/^committer/committer  x/'; do
	adref resolve talk b2 1 2>/dev/null
	forged "$change"
	run adref verify --pin "$PIN"
	[ "$status" != 0 ] || fail "not refused: $change" "$T/out"
	git reset -q --hard two
done
# A good signature, of another commit.
adref resolve talk b2 1 2>/dev/null
git cat-file commit HEAD | sed -n '/^gpgsig/,/END SSH/p' >"$T/gpgsig"
git reset -q --hard two
printf 'sign: off\n' >"$HOME/.config/adref/settings.yaml"
adref resolve talk b2 2 2>/dev/null
git tag plain
forged "/^committer/r $T/gpgsig"
refused 'the signature is not of this'
# For another purpose.
git reset -q --hard plain
git cat-file commit HEAD >"$T/payload"
ssh-keygen -Y sign -q -n adref-position@v1 -f "$T/chair" <"$T/payload" >"$T/sig" 2>/dev/null
sed 's/^/ /; 1s/^/gpgsig/' "$T/sig" >"$T/gpgsig"
forged "/^committer/r $T/gpgsig"
refused 'the signature was made for something else'
# In the message: that is no signature at all.
git reset -q --hard plain
ssh-keygen -Y sign -q -n git -f "$T/chair" <"$T/payload" >"$T/sig" 2>/dev/null
sed 's/^/ /; 1s/^/gpgsig/' "$T/sig" >"$T/gpgsig"
awk -v sig="$T/gpgsig" '{ print } !$0 && !done { while ((getline line < sig) > 0) print line; print ""; done = 1 }' "$T/payload" >"$T/bytes"
git reset -q --soft "$(git hash-object -t commit -w --literally --stdin <"$T/bytes")"
run adref verify --pin "$PIN" --require decisions
expect_status 1
expect_out_has 'unsigned'
printf 'sign: on\n' >"$HOME/.config/adref/settings.yaml"
# A tag of a tag, signed by the chair, vouches for nothing that it leads to.
git reset -q --hard plain
git -c user.signingkey="$T/chair" tag -s -m x inner
git -c user.signingkey="$T/chair" tag -s -m x outer inner
run adref verify --pin "$PIN" --require decisions two..outer
expect_status 1

it 'refuses a merge that brings back texts that were decided on'
start
by chair
adref resolve talk b2 1 2>/dev/null
git tag decided
# Of an ancestor, and of a side that never touched the text.
old=$(git commit-tree -p decided -p two -m merge 'two^{tree}')
git reset -q --hard "$old"
refused 'unsigned' --require=texts
git switch -q -c side two
printf 'x\n' >README
git add README
git commit -q -m side
git reset -q --hard "$(git commit-tree -p decided -p side -m merge 'side^{tree}')"
refused 'unsigned' --require=texts
git switch -q -C side two
printf 'x\n' >README
git add README
git commit -q -m side
git merge -q -m merge decided
run adref verify --pin "$PIN" --require texts
expect_status 0

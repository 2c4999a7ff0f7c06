# SPDX-License-Identifier: MIT
. "$ADREF_SOURCE/tests/cli/signing.sh"

it 'leaves what is unsigned to who asks'
start pin
run adref position --no-sign talk b1 AFR supports 1
run adref verify --pin "$PIN"
expect_status 0
expect_out_has 'unsigned        talk  AFR  b1  supports option 1'
run adref verify --pin "$PIN" --require positions
expect_status 1
run adref verify --pin "$PIN" --require decisions
expect_status 0
edited drafts/talk.md 's/We/They/'
run adref verify --pin "$PIN" --require texts
expect_status 1
expect_out_has 'Texts'
run adref verify --require nothing
expect_status 2
# Who signed once goes on signing, or says not to.
start
printf 'sign: off\n' >"$HOME/.config/adref/settings.yaml"
run adref position talk b1 AFR opposes 1
expect_status 3
expect_err_has 'sign the new one too'
run adref position --no-sign talk b1 AFR opposes 1
expect_status 0
refused 'bad'
printf 'sign: on\n' >"$HOME/.config/adref/settings.yaml"

it 'cannot check without a pin, its commit, or ssh-keygen'
start
run adref verify
expect_status 1
expect_out_has 'cannot check'
expect_err_has 'run adref trust --signers'
run adref trust --signers pin
expect_status 0
expect_out_has 'AFR,afr@example.org  SHA256:'
run adref verify
expect_status 0
run adref trust --signers --remove
expect_status 0
run adref verify
expect_status 1
git checkout -q --orphan fresh
git commit -q -m fresh
run adref verify --pin "$PIN"
expect_status 1
expect_out_has 'bad'
expect_err_has 'not in the history'
git checkout -q main
mkdir "$T/bin"
for program in git sh; do ln -s "$(command -v $program)" "$T/bin/$program"; done
run env PATH="$T/bin" "$ADREF" verify --pin "$PIN" # it was good the last time
expect_status 0
rm .git/adref/signed-*
run env PATH="$T/bin" "$ADREF" verify --pin "$PIN"
expect_status 1
expect_out_has 'cannot check    talk  AFR  b1  supports option 2 (prefers)  ssh-keygen is not there; install openssh-client'
run env PATH="$T/bin" "$ADREF" position talk b1 AFR opposes 1
expect_status 3
expect_err_has 'install openssh-client'
git clone -q --depth 1 "file://$T/work" "$T/shallow"
cd "$T/shallow" || exit 3
run adref verify
expect_status 3
expect_err_has 'shallow'

it 'is the hook of a shared repository'
start
git clone -q --bare . "$T/shared.git"
printf '#!/bin/sh\nexec "%s" verify --pre-receive --require positions --pin %s\n' "$ADREF" "$PIN" >"$T/shared.git/hooks/pre-receive"
chmod +x "$T/shared.git/hooks/pre-receive"
git remote add origin "$T/shared.git"
says opposes 2
run git push -q origin main
expect_status 0
by chair
adref resolve talk b2 1 2>/dev/null
run git push -q origin main
expect_status 0
run git push -q origin main:refs/heads/copy
expect_status 0
git tag good
by eve
says supports 1
run git push -q origin main
expect_status 1
expect_err_has 'refs/heads/main: key not listed  talk  AFR  b1'
run git push -q origin main:refs/heads/new
expect_status 1
git reset -q --hard good
edited $positions 's/opposes/accepts/'
run git push -q origin main
expect_status 1
expect_err_has 'bad'
git reset -q --hard two
run git push -q --force origin main
expect_status 1
expect_err_has 'a forced push'
git reset -q --hard good
relist "\$a ASP $(key eve)" sec
run git push -q origin main
expect_status 1
# Made today, whatever the commit says: an expired key signs nothing.
git reset -q --hard good
relist 's|^secretariat|secretariat valid-before="20200101"|' chair
run git push -q origin main
expect_status 0
by sec
GIT_AUTHOR_DATE='2019-01-01T00:00:00Z' GIT_COMMITTER_DATE='2019-01-01T00:00:00Z' git commit -q -S --allow-empty -m 'x

Point: 1
Decision: option 1, "x"'
run git push -q origin main
expect_status 1
expect_err_has 'not valid any longer'
git reset -q --hard good
by afr
run adref position --no-sign talk b3 AFR supports 1
run git push -q origin HEAD:refs/heads/third
expect_status 1
expect_err_has 'unsigned'
run git push -q origin :main
expect_status 1
run git push -q origin :copy
expect_status 0
run git push -q origin "good:refs/replace/$(git rev-parse good)"
expect_status 1
expect_err_has 'is not taken'
printf 'nonsense\n' >"$T/lines"
cd "$T/shared.git" || exit 3
run adref verify --pre-receive <"$T/lines"
expect_status 1
expect_one_line
run adref trust --signers main
expect_status 0
run adref verify main
expect_status 0

it 'judges what tags bring as it judges branches'
start
git clone -q --bare . "$T/tagged.git"
printf '#!/bin/sh\nexec "%s" verify --pre-receive --require positions --pin %s\n' "$ADREF" "$PIN" >"$T/tagged.git/hooks/pre-receive"
chmod +x "$T/tagged.git/hooks/pre-receive"
git remote add origin "$T/tagged.git"
git config advice.nestedTag false
git tag -m 'as it was read' read two
git tag -m 'a tag of a tag' again read
git tag -m 'a file' file HEAD:drafts/talk.md
run git push -q origin read again file
expect_status 0
edited $positions 's/supports/opposes/'
git tag bad
git tag -m 'what is bad' worse bad
git tag -m 'a tag of that' worst worse
for tag in bad worse worst; do
	run git push -q origin "$tag"
	expect_status 1
	expect_err_has "refs/tags/$tag: bad"
done
# Neither by another name, nor beside something good, nor in place of a good one.
run git push -q origin bad:refs/notes/bad
expect_status 1
run git push -q origin two:refs/heads/good bad:refs/tags/bad
expect_status 1
run git push -q --force origin worst:refs/tags/read
expect_status 1
run git --git-dir="$T/tagged.git" rev-parse --verify -q refs/heads/good
expect_status 1

it 'takes nothing into a repository whose ids it cannot read'
git init -q --bare --object-format=sha256 "$T/wide.git"
git init -q --object-format=sha256 -b main "$T/wide"
printf '#!/bin/sh\nexec "%s" verify --pre-receive\n' "$ADREF" >"$T/wide.git/hooks/pre-receive"
chmod +x "$T/wide.git/hooks/pre-receive"
cd "$T/wide" || exit 3
git -c user.name=T -c user.email=t@example.org commit -q --allow-empty -m first
run git push -q "$T/wide.git" main
expect_status 1
expect_err_has 'a sha256 repository'

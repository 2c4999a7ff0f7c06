# SPDX-License-Identifier: MIT
. "$ADREF_SOURCE/tests/e2e/lib.sh"

origin() {
	repository origin
	cd origin || exit 3
	drafted res-1 <<'EOT'
resolves to meet [once] a year.
EOT
	echo >>drafts/res-1.md
	git commit -q -a -m 'res-1: a line more'
	cd .. || exit 3
}

it 'says what can be done where HEAD is on no branch'
origin
cd origin || exit 3
git checkout -q --detach
open_screen 80x24 adref
see 'res-1'
see 'branch'
keys c
see 'point 1 of 1'
keys 1
see 'branch'
keys q
see '1 draft'
keys q
ends 0
expect_clean

it 'works on a shallow clone, and on a repository without a commit'
origin
git clone -q --depth 1 "file://$PWD/origin" shallow
cd shallow || exit 3
git config user.name Somebody
git config user.email somebody@example.org
open_screen 80x24 adref
see 'This clone is shallow'
keys q
ends 0
cd ..
repository empty
mkdir empty/drafts
echo 'resolves [to meet].' >empty/drafts/res-1.md
cd empty || exit 3
open_screen 80x24 adref
see 'There is no commit yet'
keys q
ends 0

it 'reads drafts where there is no repository, and says that nothing can be committed'
mkdir drafts
echo 'resolves [to meet].' >drafts/res-1.md
open_screen 80x24 adref
see 'res-1'
see 'repository'
keys Enter
see 'resolves'
keys C-q
see '1 draft'
keys q
ends 0

it 'keeps what is typed in a sha256 repository, and says that it cannot be committed'
if git init -q --object-format=sha256 -b main . 2>/dev/null; then
	mkdir drafts
	echo 'resolves [to meet / to write].' >drafts/res-1.md
	git config user.name T && git config user.email t@example.org
	git add . && git commit -q -m first
	open_screen 80x24 adref
	see 'a sha256 repository'
	keys c
	see 'choose'
	keys 1
	see 'a sha256 repository'
	keys q
	see '1 draft'
	keys e
	see 'F2 bracket'
	typed 'Typed. '
	see 'Typed. resolves'
	keys C-k
	see 'Commit message'
	keys Enter
	see 'a sha256 repository'
	keys C-q
	see '1 draft'
	keys q
	ends 0
	expect_file drafts/res-1.md <<-'EOT'
		Typed. resolves [to meet / to write].
	EOT
fi

it 'makes a repository of drafts that are in none'
mkdir drafts
echo 'resolves [to meet].' >drafts/res-1.md
git config --global user.name Somebody
git config --global user.email somebody@example.org
unset GIT_CONFIG_GLOBAL GIT_CONFIG_SYSTEM
open_screen 80x24 adref
see 'put them in one'
keys i
see 'Make a repository of this folder'
keys y
see 'These drafts are in a repository now'
keys c
see 'point 1 of 1'
keys 1
see 'u undoes'
keys q
see '1 draft'
keys q
ends 0
expect_clean
expect_log <<'EOT'
res-1: point 1 decided: "to meet"
A workspace for negotiating texts
EOT

it 'opens a repository that is damaged, to read and to edit'
repository
drafted res-1 <<'EOT'
resolves [to meet].
EOT
find .git/objects -type f -exec rm -f {} +
open_screen 80x24 adref
see 'This repository is damaged'
see 'git fsck'
keys c
see 'This repository is damaged'
keys q
see '1 draft'
keys q
ends 0

it 'says plainly that a bare repository has no drafts to open'
git init -q --bare -b main bare.git
cd bare.git || exit 3
open_screen 80x24 adref
see 'none can be kept here'
see 'make a clone with'
see_not 'make a workspace'
keys q
ends 0

it 'shows a link among the drafts for what it is'
origin
cd origin || exit 3
ln -s res-1.md drafts/same.md
open_screen 80x24 adref
see 'is a link to res-1.md'
keys G
see_not 'Enter edit'
keys Enter
see 'same: is a link to res-1.md'
keys q
ends 0

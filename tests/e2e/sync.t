# SPDX-License-Identifier: MIT
. "$ADREF_SOURCE/tests/e2e/lib.sh"
export GIT_AUTHOR_NAME='Test Rapporteur' GIT_AUTHOR_EMAIL=rapporteur@example.org
export GIT_COMMITTER_NAME='Test Rapporteur' GIT_COMMITTER_EMAIL=rapporteur@example.org

# shared: hub.git, bare, and two clones of it, ours and theirs. Ends in ours.
shared() {
	mkdir start
	cd start || exit
	repository
	drafted res-1 <<'EOT'
1) that Members shall report every year;

2) that the Council meets in one place,
EOT
	cd ..
	git clone -q --bare start hub.git
	git clone -q hub.git ours 2>/dev/null
	git clone -q hub.git theirs
	cd ours || exit
	git config user.name 'Test Rapporteur'
	git config user.email rapporteur@example.org
}

# says CLONE OLD NEW: a commit there.
says() {
	sed -i "s/$2/$3/" "$1/drafts/res-1.md"
	git -C "$1" commit -qam "$3"
}

it 'shares from the Desk, and says what came of it'
shared
says ../theirs 'every year' 'each month'
git -C ../theirs push -q
says . 'every year' 'every two years'
open_screen 80x24 adref
see '1 draft'
see 'S sync'
keys S
see 'res-1: merged, 1 new point'
see '1 open point'
[ "$(git rev-parse HEAD)" = "$(git -C ../hub.git rev-parse HEAD)" ] || fail 'not sent'
keys S
see 'Nothing new, here or there.'
printf 'Not committed.\n' >drafts/res-2.md
keys F5
see '2 drafts'
keys S
see 'drafts/res-2.md is not committed and stays here'
rm drafts/res-2.md
keys F5
see '1 draft'
echo more >>drafts/res-1.md
keys S
see 'drafts/res-1.md: has changes that are not committed'
git checkout -q drafts/res-1.md
keys Enter
see '[every year / each month / every two years]'
typed 'New. '
keys F10
typed sync
keys Enter
see 'has text that is not saved'
keys C-u C-q
see '1 draft'
mv ../hub.git ../gone.git
keys S
see 'origin cannot be reached'
see 'go on and'
keys Enter
see 'each month'
keys C-q q
ends 0

it 'stops at Esc'
shared
says . 'every year' 'every two years'
mkdir -p "$T/bin"
cat >"$T/bin/git" <<EOT
#!/bin/sh
case " \$* " in *' fetch '*) : >"$T/waiting"; sleep 30 ;; esac
exec "$(command -v git)" "\$@"
EOT
chmod +x "$T/bin/git"
open_screen 80x24 env PATH="$T/bin:$PATH" "$ADREF"
see '1 draft'
keys S
see 'asking origin what is new'
see 'Esc stop'
keys Escape
see 'stopped; nothing here or there was changed'
keys q
ends 0

it 'asks whom to share with where there is nobody yet'
git init -q --bare -b main hub.git
mkdir ours
cd ours || exit
repository
drafted res-1 <<'EOT'
1) that Members shall report every year;
EOT
open_screen 80x24 adref
see '1 draft'
keys S
see 'which repository can all reach?'
typed ../none
keys Enter
see '../none'
[ -z "$(git remote)" ] || fail 'something is kept that nobody can share with'
keys S
see 'Share with'
typed ../hub.git
keys Enter
see 'begin?'
keys n
[ -z "$(git remote)" ] || fail 'no was taken for yes'
keys S
see 'Share with'
typed ../hub.git
keys Enter
see 'begin?'
keys y
see 'commit went'
[ "$(git rev-parse HEAD)" = "$(git -C ../hub.git rev-parse HEAD)" ] || fail 'not sent'
keys q
ends 0

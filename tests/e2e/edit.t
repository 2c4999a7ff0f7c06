# SPDX-License-Identifier: MIT
. "$ADREF_SOURCE/tests/e2e/lib.sh"

it 'edits a paragraph, saves it, commits it'
repository
drafted res-1 <<'EOT'
resolves

1) to meet [once] a year.
EOT
open_screen 80x24 adref edit res-1
see 'to meet'
keys C-End
keys Up End
typed ' The host is thanked.'
see '● unsaved'
keys C-s
see 'res-1 is saved.'
see_not '● unsaved'
expect_soon drafts/res-1.md 'The host is thanked.'
keys C-k
see 'Commit message res-1: '
keys Enter
see 'Committed as'
keys C-q
see '1 draft'
keys q
ends 0
expect_clean
run git rev-list --count HEAD
expect_out_has 2
run git log -1 --format=%s
expect_out_has 'res-1: '

it 'asks before it leaves unsaved words behind'
repository
drafted res-1 <<'EOT'
resolves to meet.
EOT
open_screen 80x24 adref
see 'res-1'
keys Enter
see 'resolves to meet.'
typed 'Now '
see 'Now resolves'
keys C-q
see 'Not saved yet'
keys Escape
see_not 'Not saved yet'
see 'Now resolves'
keys C-q
see 'Not saved yet'
keys d
see '1 draft'
keys q
ends 0
expect_clean

it 'pastes a megabyte as one step that one key undoes'
repository
drafted res-1 <<'EOT'
resolves to meet.
EOT
yes 'All of this came in one go, [really] all of it.' | head -n 21000 >../big
open_screen 80x24 adref edit res-1
see 'resolves to meet.'
tm load-buffer ../big
tm paste-buffer -p -d
see '21000 points'
see '● unsaved'
keys C-u
see_not '● unsaved'
see 'resolves to meet.'
keys C-y
see '21000 points'
keys C-s
see 'is saved'
keys C-q
see '1 draft'
keys q
ends 0
{ cat ../big; echo 'resolves to meet.'; } >../expected
expect_same ../expected drafts/res-1.md

it 'finds, replaces, and shows its keys and commands'
workspace
open_screen 120x40 adref edit res-connectivity
see 'res-connectivity'
keys C-f
see 'Find'
typed 'network'
see 'hit'
keys Enter
keys Escape
keys F6
see 'points'
keys F1
see 'type to narrow the list'
keys Escape
see_not 'type to narrow the list'
keys F10
typed 'words'
keys Enter
see 'paragraphs'
keys C-q
see '9 drafts'
keys q
ends 0

it 'replaces hit by hit with what comes shown first, skips one, and undoes it'
repository
drafted res-1 <<'EOT'
resolves to meet every year;

invites the Secretariat to report every year;

thanks the host, every year anew;

recalls that every year counts.
EOT
open_screen 80x24 adref edit res-1
see 'resolves to meet'
keys C-r
see 'Replace'
typed '/every (year)/'
see 'hit 1 of 4'
keys Enter
see 'Replace by'
typed 'each $1'
keys Enter
see 'hit 1 of 4: every year → each year'
keys y
see 'to meet each year;'
see 'hit 1 of 3: every year → each year'
keys n
see 'hit 2 of 3'
keys a
see '3 places changed.'
keys C-s
see 'is saved'
expect_file drafts/res-1.md <<'EOT'
resolves to meet each year;

invites the Secretariat to report every year;

thanks the host, each year anew;

recalls that each year counts.
EOT
keys C-u
see 'recalls that every year counts.'
keys C-u
see 'to meet every year;'
keys C-y C-y
see 'recalls that each year counts.'
see_not '● unsaved'
keys C-r
see 'Replace'
keys C-u
typed '/nowhere/'
see '0 hits'
keys Escape
see_not 'Replace'
keys C-r
see 'Replace'
keys C-u
typed '/(unclosed/'
keys Enter
see 'column'
keys C-q
see '1 draft'
keys q
ends 0

it 'keeps the message of a commit that could not be made'
git init -q -b main
mkdir drafts
echo 'resolves to meet.' >drafts/res-1.md
git add drafts
git -c user.name=Somebody -c user.email=somebody@example.org commit -q -m 'res-1: as it came'
unset GIT_CONFIG_GLOBAL GIT_CONFIG_SYSTEM
open_screen 80x24 adref edit res-1
see 'resolves to meet.'
typed 'Now '
keys C-k
see 'Commit message res-1: 1 paragraph changed'
keys C-u
typed 'As the drafting group wishes'
keys Enter
see 'Your name?'
typed 'Amina Diallo'
keys Enter
see 'And your e-mail address?'
typed 'amina@example.org'
keys Enter
see 'Noted: Amina Diallo'
keys C-k
see 'Commit message As the drafting group wishes'
keys Enter
see 'Committed as'
keys C-k
see 'Nothing has changed since the last commit'
keys C-q
see '1 draft'
keys q
ends 0
expect_log <<'EOT'
As the drafting group wishes
res-1: as it came
EOT

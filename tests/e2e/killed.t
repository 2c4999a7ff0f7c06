# SPDX-License-Identifier: MIT
. "$ADREF_SOURCE/tests/e2e/lib.sh"

# A journal has the words: what was typed is on disk.
journal_has() { grep -rqaF -e "$1" .git/adref/journal 2>/dev/null; }

killed() {
	repository
	drafted res-1 <<'EOT'
resolves to meet.
EOT
	open_screen 80x24 adref edit res-1
	see 'resolves to meet.'
	pasted 'Not saved: '
	see 'Not saved: resolves'
	until_true journal_has 'Not saved: ' || fail 'the journal never had it'
	kill -9 "$(child)"
	until_true is_dead || fail 'it lives'
	expect_clean
}

it 'finds unsaved work after a kill, and keeps it'
killed
open_screen 80x24 adref
see 'unsaved work of an earlier session was found'
keys Enter
see 'Unsaved work is back'
see 'Not saved: resolves to meet.'
keys k
see 'Go on with it'
keys C-s
see 'is saved'
keys C-q
see '1 draft'
see_not 'earlier session'
keys q
ends 0
expect_file drafts/res-1.md <<'EOT'
Not saved: resolves to meet.
EOT

it 'finds unsaved work after a kill, and drops it'
killed
open_screen 80x24 adref edit res-1
see 'Unsaved work is back'
keys d
see 'It is dropped'
see_not 'Not saved: '
keys C-q
see '1 draft'
keys q
ends 0
expect_clean
open_screen 80x24 adref edit res-1
see 'resolves to meet.'
keys C-q
see '1 draft'
keys q
ends 0

it 'keeps unsaved work beside a draft that was changed since'
killed
echo 'Changed since.' >drafts/res-1.md
open_screen 80x24 adref edit res-1
see 'Changed since.'
see 'recovered.md'
keys C-q
see '2 drafts'
keys q
ends 0
expect_file drafts/res-1.recovered.md <<'EOT'
Not saved: resolves to meet.
EOT

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

it 'ends in good order where memory runs out, and what was typed is there again'
repository
drafted res-1 <<'EOT'
resolves to meet.
EOT
case $ADREF in *build-san/*) limit=unlimited ;; *) limit=160000 ;; esac
if [ $limit = unlimited ]; then
	skip 'a sanitiser takes all memory there is'
else
	head -c 60000000 /dev/zero | tr '\0' x >"$T/much"
	open_screen 80x24 sh -c "stty -echo; ulimit -v $limit; \"$ADREF\" edit res-1; echo \"ended with \$?\"; stty -a | grep -o -e '-*icanon'; cat"
	see 'resolves to meet.'
	tm load-buffer "$T/much"
	typed 'Not saved: '
	see 'Not saved: resolves'
	tm paste-buffer -p -d
	see 'adref: out of memory'
	see 'ended with 3'
	see 'icanon'
	see_not '-icanon'
	see_not 'Not saved' # the shell's screen is back
	keys C-c
	open_screen 80x24 adref edit res-1
	see 'Unsaved work is back'
	see 'Not saved: resolves to meet.'
	keys d
	see 'It is dropped'
	keys C-q
	see '1 draft'
	keys q
	ends 0
	rm "$T/much"
fi

# SPDX-License-Identifier: MIT
. "$ADREF_SOURCE/tests/e2e/lib.sh"

small() {
	repository
	drafted res-1 <<'EOT'
resolves to meet [once] a year in [XX].

The second paragraph.
EOT
}

it 'goes to the shell and comes back'
small
open_screen 80x24 env ENV= PS1='shell> ' sh -i
see 'shell>'
typed "'$ADREF' edit res-1"
keys Enter
see 'resolves to meet'
typed 'Before '
see 'Before resolves'
keys C-z
see 'shell>'
typed 'echo in-between'
keys Enter
see 'in-between'
typed 'fg'
keys Enter
see 'Before resolves'
see '● unsaved'
typed 'after '
see 'Before after resolves'
keys C-q
see 'Not saved yet'
keys d
see '1 draft'
keys q
see 'shell>'
typed 'exit'
keys Enter
ends 0

it 'follows the size of its terminal down to one cell and back'
small
open_screen 80x24 adref edit res-1
see 'resolves to meet'
resize 39x9
see 'adref needs 40 columns'
resize 1x1
resize 5x2
resize 40x10
see 'resolves to meet'
resize 120x40
see 'F9 chair'
keys F9
see 'res-1 · chair'
resize 2x30
resize 40x10
see 'once'
resize 80x24
see 'd put off'
keys q
see 'F1 keys'
keys C-q
see '1 draft'
keys q
ends 0

it 'follows the mouse, and gives it back'
small
open_screen 80x24 adref edit res-1
see 'The second paragraph.'
clicked 12 5
see '¶ 2/2'
typed '*'
see 'The *second'
keys F12
see 'the mouse is the terminal'
keys C-u
see 'The second'
keys C-q
see '1 draft'
keys q
ends 0

it 'scrolls with the wheel, selects with the mouse, and lends it to the terminal'
repository
for i in $(seq 60); do printf 'Line %d of the text.\n\n' "$i"; done | drafted res-1
# Which mouse the terminal was asked for: tmux knows.
mouse_is() { [ "$(tm display -p '#{mouse_any_flag}')" = "$1" ]; }
wheel() { for _ in 1 2 3 4 5; do typed "$(printf '\033[<%d;10;10M' "$1")"; done; }
open_screen 80x24 adref edit res-1
see 'Line 1 of the text.'
until_true mouse_is 1 || fail 'the mouse was not asked for'
wheel 65
see_not 'Line 1 of the text.'
wheel 64
see 'Line 1 of the text.'
# A double click takes a word, typing replaces it.
clicked 13 3
clicked 13 3
see '1 word selected'
typed '9'
see 'Line 9 of the text.'
see '¶ 1/60'
# Drawn over three letters.
typed "$(printf '\033[<0;8;5M\033[<32;12;5M\033[<0;12;5m')"
see 'word selected'
keys C-x
see_not 'Line 2 of the text.'
keys C-u
see 'Line 2 of the text.'
keys F12
see 'the mouse is the terminal'
until_true mouse_is 0 || fail 'the mouse is not the terminal'\''s'
keys F12
see 'the mouse is adref'
until_true mouse_is 1 || fail 'the mouse did not come back'
keys C-q d
see '1 draft'
keys q
ends 0

it 'lends the terminal to another editor and takes its text over'
small
cat >../editor <<'EOT'
#!/bin/sh
printf 'editing %s\n' "$1"
read -r answer
printf '%s\n' "$answer" >>"$1"
EOT
chmod +x ../editor
VISUAL=$T/editor open_screen 80x24 adref edit res-1
see 'The second paragraph.'
keys F10
typed 'external'
keys Enter
see 'editing'
typed 'A third one.'
keys Enter
see "Took the other editor's text over"
see 'A third one.'
keys C-s
see 'is saved'
keys C-q
see '1 draft'
keys q
ends 0
expect_file_has drafts/res-1.md 'A third one.'

it 'exports, and says where to'
small
open_screen 80x24 adref
see 'res-1'
keys x
see 'As which format?'
keys t
see 'Written: '
keys q
ends 0
expect_same drafts/res-1.md res-1.txt

it 'exports clean, and what a version changed as tracked changes'
if command -v pandoc >/dev/null 2>&1; then
	small
	sed 's/\[once\]/twice/' drafts/res-1.md >changed
	cp changed drafts/res-1.md
	git commit -qam 'res-1: twice'
	open_screen 80x24 adref
	see 'res-1'
	keys x
	see 'clean docx'
	keys c
	see 'res-1-clean.docx'
	keys l
	see '2 versions'
	keys Enter
	see 'change 1 of'
	keys x
	see 'res-1-changes.docx'
	keys q
	see '2 versions'
	keys q
	see '1 draft'
	keys q
	ends 0
	run pandoc --track-changes=reject res-1-changes.docx -t plain --wrap=none
	expect_out_has 'to meet [once] a year'
	run pandoc res-1-changes.docx -t plain --wrap=none
	expect_out_has 'to meet twice a year'
	run pandoc res-1-clean.docx -t plain --wrap=none
	expect_out_has 'to meet twice a year'
else
	skip 'needs pandoc'
fi

it 'needs no colour and no terminal of any kind'
small
for term in vt100 tmux dumb; do
	open_screen 80x24 env TERM=$term NO_COLOR=1 "$ADREF"
	if [ $term = dumb ]; then
		see 'terminal'
		continue
	fi
	see 'res-1'
	keys q
	ends 0
done

it 'follows settings that are changed while it runs'
repository
drafted res-1 <<'EOT'
# شبكات

resolves [to meet].
EOT
coloured() { tm capture-pane -p -e | grep -q "$(printf '\033')\\[38;5"; }
plain() { ! coloured; }
open_screen 80x24 adref edit res-1
see 'تاكبش'
until_true coloured || fail 'no colours'
keys F10
typed 'set bidi off'
keys Enter
see 'bidi is off.'
see 'شبكات'
keys F10
typed 'set colours none'
keys Enter
see 'colours is none.'
until_true plain || fail 'still colours'
keys F10
typed 'set bidi adref'
keys Enter
see 'تاكبش'
keys F10
typed 'set bidi sideways'
keys Enter
see 'should be'
keys F10
typed 'set col'
see 'how many colours'
keys Tab Space
see '256'
keys Escape
see_not ': set'
keys C-q
see '1 draft'
keys q
ends 0
has settings "$HOME/.config/adref/settings.yaml" 'colours: none'

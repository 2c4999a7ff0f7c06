# SPDX-License-Identifier: MIT
# A rapporteur and a chair on the draft of October 2015: from an empty folder to a history that
# says exactly what was done.
. "$ADREF_SOURCE/tests/e2e/lib.sh"

# option POINT NUMBER: the wording of an option, as the draft has it now.
option() {
	"$ADREF" brackets paris | awk -v point="$1" -v number="$2" '
		/^[0-9]/ { at = $1 }
		at == point && /^ / && $1 == number { sub(/^ +[0-9]+ +/, ""); print; exit }'
}

# linked_point: the first outermost point that is [shall][should].
linked_point() {
	"$ADREF" brackets paris | awk '
		/^[0-9]/ { if (found == 2 && !more) { print at; exit }
			at = $1; inside = /inside point/; found = 0; more = 0 }
		/^ / && !inside { if ($1 == 1 && $2 == "shall" && NF == 2) found = 1
			else if ($1 == 2 && $2 == "should" && NF == 2 && found) found = 2
			else more = 1 }'
}

# A commit as its subject and its trailers but for hashes; the newest first.
told() {
	git log --format='%s%n%(trailers:unfold,separator=%x0a)%n' |
		sed -e '/^$/d' -e 's/^Undoes: [0-9a-f]\{40\}$/Undoes: HASH/'
}

it 'makes a workspace, imports the draft, decides ten points, undoes one, edits and commits'
if material corpus/paris-2015-10-23.en.md; then
	nobody_known
	unset GIT_CONFIG_GLOBAL GIT_CONFIG_SYSTEM
	mkdir talks
	cd talks || exit 3
	open_screen 80x24 adref
	see 'Press i to make a workspace here'
	keys i
	see 'Make a workspace in this folder?'
	keys y
	see 'Your name?'
	typed 'Amina Diallo'
	keys Enter
	see 'e-mail'
	typed 'amina@example.org'
	keys Enter
	see 'What are you here?'
	keys c
	see 'For which party?'
	keys Enter
	see 'Which meeting is it now?'
	typed 'ADP-2'
	keys Enter
	see 'Noted: chair'

	keys I
	see 'File to import'
	typed "$ADREF_MATERIAL/corpus/paris-2015-10-23.en.md"
	keys Enter
	see 'Import it?'
	keys y
	see 'Name of the draft'
	keys C-u
	typed 'paris'
	keys Enter
	see '624 points'
	keys C-k
	see 'Commit message paris: new draft'
	keys Enter
	see 'Committed as'
	keys C-q
	see '2 drafts'

	typed '/paris'
	keys Enter c
	see 'paris · chair'
	see 'point 1 of 624'
	first=$(option 1 2)
	third=$(option 3 1)
	keys 2
	see 'u undoes'
	see '1 decided'
	keys 0
	see 'Point 1: no text'
	keys 1
	see '3 decided'
	keys n
	see 'point 2 of'
	keys 0
	see 'Point 2: no text'
	keys t
	see 'New wording'
	typed 'as it was said'
	keys Enter
	see 'new wording "as it was'
	keys u
	see 'Undone: point 2, new wording "as it was'
	see '4 decided'
	keys 0
	see '5 decided'
	keys n n
	see 'point 4 of'
	keys 0
	see '6 decided'
	keys t
	see 'New wording'
	typed 'as agreed'
	keys Enter
	see '7 decided'
	keys 0
	see '8 decided'
	number=$(linked_point)
	keys g
	see 'Go to point'
	typed "$number"
	keys Enter
	see "point $number of"
	see 'the same wording stands at 5 more places'
	keys .
	see '6 places with the same wording: choose once for all'
	keys 2
	see "Point $number and 5 linked ones: option 2, \"should\""
	see '9 decided'

	keys E
	see 'F8 next point'
	keys C-End
	keys Enter Enter
	typed 'This text was read through in the evening.'
	see '● unsaved'
	keys C-k
	see 'Commit message paris: 1 paragraph added'
	keys C-u
	typed 'paris: what was read in the evening'
	keys Enter
	see 'Committed as'
	keys C-q
	see 'paris · chair'
	keys q
	see '2 drafts'
	keys q
	ends 0

	expect_clean
	told >"$T/told"
	same_text 'git log' "$T/told" <<EOT
paris: what was read in the evening
Meeting: ADP-2
paris: point $number and 5 linked decided: "should"
Point: $number
Decision: option 2, "should"
Linked: 5
Meeting: ADP-2
paris: point 4 decided: no text
Point: 4
Decision: no text
Linked: 0
Meeting: ADP-2
paris: point 4 decided: "as agreed"
Point: 4
Decision: new wording "as agreed"
Linked: 0
Meeting: ADP-2
paris: point 4 decided: no text
Point: 4
Decision: no text
Linked: 0
Meeting: ADP-2
paris: point 2 decided: no text
Point: 2
Decision: no text
Linked: 0
Meeting: ADP-2
paris: point 2 open again; it was new wording "as it was said"
Point: 2
Undoes: HASH
Undone-decision: new wording "as it was said"
Linked: 0
Meeting: ADP-2
paris: point 2 decided: "as it was said"
Point: 2
Decision: new wording "as it was said"
Linked: 0
Meeting: ADP-2
paris: point 2 decided: no text
Point: 2
Decision: no text
Linked: 0
Meeting: ADP-2
paris: point 1 decided: "$third"
Point: 1
Decision: option 1, "$third"
Linked: 0
Meeting: ADP-2
paris: point 1 decided: no text
Point: 1
Decision: no text
Linked: 0
Meeting: ADP-2
paris: point 1 decided: "$first"
Point: 1
Decision: option 2, "$first"
Linked: 0
Meeting: ADP-2
paris: new draft
Meeting: ADP-2
A workspace for negotiating texts
EOT
	run git log --format='%an <%ae>' -1
	expect_out <<'EOT'
Amina Diallo <amina@example.org>
EOT
	# Each commit of a decision holds that decision only.
	run git log --format= --name-only --skip=1 --max-count=11
	[ "$(sort -u "$T/out" | sed '/^$/d')" = drafts/paris.md ] || fail 'more than the draft' "$T/out"
	run git fsck --strict
	expect_status 0
fi

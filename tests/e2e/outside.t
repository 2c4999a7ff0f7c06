# SPDX-License-Identifier: MIT
. "$ADREF_SOURCE/tests/e2e/lib.sh"

changed() {
	repository
	drafted res-1 <<'EOT'
resolves to meet [once] a year.
EOT
}

it 'notices a file changed outside, overwrites nothing, keeps both texts'
changed
open_screen 80x24 adref edit res-1
see 'resolves to meet'
typed 'Mine: '
see 'Mine: resolves'
echo 'Theirs.' >drafts/res-1.md
keys C-s
see 'The file was changed outside'
expect_file drafts/res-1.md <<'EOT'
Theirs.
EOT
keys m
see 'Your text is the file'
expect_file drafts/res-1.md <<'EOT'
Mine: resolves to meet [once] a year.
EOT
expect_file drafts/res-1.theirs.md <<'EOT'
Theirs.
EOT
keys C-q
see '2 drafts'
keys q
ends 0

it 'takes the other text and keeps its own beside it'
changed
open_screen 80x24 adref edit res-1
see 'resolves to meet'
typed 'Mine: '
see 'Mine: resolves'
echo 'Theirs.' >drafts/res-1.md
keys C-s
see 'The file was changed outside'
keys t
see 'yours is kept beside it'
see 'Theirs.'
keys C-q
see '2 drafts'
keys q
ends 0
expect_file drafts/res-1.mine.md <<'EOT'
Mine: resolves to meet [once] a year.
EOT

it 'decides nothing on a text that somebody else has changed meanwhile'
changed
open_screen 80x24 adref chair res-1
see 'point 1 of 1'
echo 'resolves to meet [once] a year, or [twice].' >drafts/res-1.md
# It is noticed at the key, or just before it when what waits for an idle moment comes first.
keys 1
see 'or [twice].'
keys 1
see 'not committed'
keys Escape
see 'd put off'
keys q
see '1 draft'
keys q
ends 0
expect_file drafts/res-1.md <<'EOT'
resolves to meet [once] a year, or [twice].
EOT
expect_log <<'EOT'
res-1: as it came
EOT

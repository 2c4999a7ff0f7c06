# SPDX-License-Identifier: MIT
. "$ADREF_SOURCE/tests/e2e/lib.sh"

pending() {
	repository
	drafted res-1 <<'EOT'
resolves to meet [once] a year [at most].
EOT
	sed -i 's/resolves/resolves firmly/' drafts/res-1.md
}

it 'offers to commit pending edits before the first decision'
pending
open_screen 80x24 adref chair res-1
see 'has edits that are not committed'
keys c
see 'Message res-1: '
keys Enter
see 'Now decide.'
keys 1
see 'Point 1: option 1, "once"'
keys q
see '1 draft'
keys q
ends 0
expect_clean
run git rev-list --count HEAD
expect_out_has 3
run git show --format= HEAD
expect_out_lacks '+resolves firmly to meet [once]'

it 'offers to commit a draft that was never committed'
repository
mkdir -p drafts
printf 'resolves to meet [once] a year.\n' >drafts/new.md
open_screen 80x24 adref chair new
see 'This draft was never committed'
keys c
see 'Message '
keys Enter
see 'Now decide.'
keys 1
see 'Point 1: option 1, "once"'
keys q
see '1 draft'
keys q
ends 0
expect_clean
run git rev-list --count HEAD -- drafts/new.md
expect_out_has 2

it 'sets pending edits aside, and brings them back after the decision'
pending
open_screen 80x24 adref chair res-1
see 'has edits that are not committed'
keys a
see 'b brings them back'
keys 1
see 'Point 1: option 1, "once"'
run git show HEAD:drafts/res-1.md
expect_out <<'EOT'
resolves to meet once a year [at most].
EOT
keys b
see 'Your edits are in the draft again'
keys Enter
see '● unsaved'
see 'resolves firmly to meet once a year'
keys C-s
see 'is saved'
keys C-q
see 'res-1 · chair'
keys q
see '1 draft'
keys q
ends 0
expect_file drafts/res-1.md <<'EOT'
resolves firmly to meet once a year [at most].
EOT

# SPDX-License-Identifier: MIT
. "$ADREF_SOURCE/tests/e2e/lib.sh"

it 'shows who changed what, when, and what was decided'
repository
git config adref.meeting IRM-3
drafted res-1 <<'EOT'
resolves to instruct the Director

1) to hold [one / AFR: at least one / ARB: two] meeting;
EOT
adref resolve res-1 1 2 >/dev/null
open_screen 80x24 adref
see '1 draft'
keys l
see 'res-1 · log'
see 'point 1 decided'
see 'decided: point 1, option 2, "at least one"'
see 'points: 1 resolved'
keys Enter
see 'change 1 of'
see '[-[one / AFR:-] at least one'
see 'decided: point 1, option 2, "at least one"'
keys q
see 'res-1 · log'
keys Down
see 'the draft began'
keys w
see 'to now'
see '[-[one / AFR:-] at least one'
keys q q
see '1 draft'
keys c
see 'no open point'
keys :
typed 'log'
keys Enter
see 'res-1 · log'
keys q q q
ends 0

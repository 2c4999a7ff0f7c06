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

it 'says what went without a decision, compares any two versions, and brings back what was'
repository
drafted res-1 <<'EOT'
resolves to instruct the Director

1) to hold [one / AFR: at least one] meeting, in Geneva, every year;

2) to report;
EOT
adref resolve res-1 1 2 >/dev/null
sed -i 's/, in Geneva//' drafts/res-1.md
adref commit res-1 -m 'res-1: editorial changes' >/dev/null
sed -i 's/to report/to report to the council/' drafts/res-1.md
adref commit res-1 -m 'res-1: what was agreed' >/dev/null
open_screen 80x24 adref
see '1 draft'
keys l
see '4 versions'
keys Space End
see '◆'
keys d
see '⚠'
see 'words went: "'
see 'Geneva'
see 'decided: point 1, option 2'
keys z
see 'one column'
keys '!'
see 'Geneva'
keys q
see 'log'
keys Home Down Down r
see 'then press r'
keys r
see 'this paragraph'
keys p
see 'y does it'
keys y
see 'Brought back, as commit'
expect_soon drafts/res-1.md 'in Geneva, every year'
keys q q q
ends 0

it 'finds versions by words that came or went, by whom and when, in all drafts'
repository
drafted res-1 <<'EOT'
1) to hold a meeting in Geneva;
EOT
drafted res-2 <<'EOT'
1) to thank the hosts;
EOT
sed -i 's/ in Geneva//' drafts/res-1.md
adref commit res-1 -m 'res-1: shorter' >/dev/null
open_screen 80x24 adref
see '2 drafts'
keys l
see '2 versions'
keys /
see 'region:'
typed 'removed:Geneva'
keys Enter
see 'only: removed:Geneva'
see '1 of 1 version'
see 'shorter'
keys Escape
see '2 versions'
keys a
see 'all drafts · log'
see 'res-2: as it came'
keys /
typed 'author:nobody'
keys Enter
see 'No version is like that.'
keys Escape
see 'res-2: as it came'
keys q q
ends 0

it 'says of a point that was put off nothing else'
repository
drafted res-1 <<'EOT'
1) to hold [one / AFR: at least one] meeting;
EOT
adref defer res-1 1 'waits for the budget' >/dev/null
open_screen 80x24 adref
see '1 draft'
keys l
see 'deferred: point 1'
see_not 'no point was'
keys q q
ends 0

it 'says of a version that touched no point that something else was'
repository
drafted res-1 <<'EOT'
1) to hold one meeting;
EOT
printf '1) to hold two meetings;\n' >drafts/res-1.md
git commit -qam 'two of them'
open_screen 80x24 adref
see '1 draft'
keys l
see 'no point was touched; Enter shows what was'
keys End
see 'it has no points'
keys q q
ends 0

it 'brings back one of several drafts that went together'
repository
drafted res-1 <<'EOT'
1) to hold [one / AFR: two] meetings;
EOT
drafted res-2 <<'EOT'
1) to thank the host.
EOT
drafted res-3 <<'EOT'
1) to go on.
EOT
git rm -q drafts/res-1.md drafts/res-2.md
git commit -q -m 'Two are given up'
open_screen 80x24 adref
see '1 draft'
keys l
see 'res-3 · log'
keys a
see 'Two are given up'
keys Home r
see 'Bring back from which draft?'
keys 2
see 'bring back from'
see '1)    {+to thank the host.+}'
keys y
see 'Brought back, as commit'
keys q q
ends 0
run git show --stat --format=%s HEAD
expect_out_has 'res-2: restored from'
expect_out_has 'drafts/res-2.md | 1 +'

# SPDX-License-Identifier: MIT
. "$ADREF_SOURCE/tests/e2e/lib.sh"

it 'records a position in the matrix, decides the point in the chair, and comes back'
repository
git config adref.meeting IRM-3
git config adref.party AFR
drafted res-1 <<'EOT'
resolves to instruct the Director

1) to hold [one / AFR, EUR: at least one / ARB: two] meeting;

2) to report [each year].
EOT
open_screen 80x24 adref
see '1 draft'
keys m
see 'res-1 · positions'
see 'silent; the text names it with option 2'
keys Space
see 'AFR on 1:'
keys s
see 'AFR on 1: which?'
keys 2
see 'how strongly?'
keys r
see 'Source document'
typed 'AFCP/12/4'
keys Enter
see 'Note'
keys Enter
see 'AFR on point 1: supports 2.'
see 'supports option 2 (red line): "at least one"'
see 'AFCP/12/4 · IRM-3 · since '
keys Right Right Space
see 'ARB on 1:'
keys a
see 'which?'
keys 2
see 'how strongly?'
keys f
see 'Source document'
keys Enter
see 'Note'
keys Enter
see 'ARB on point 1: can accept 2.'
see 'Verdict: consensus.'
keys Enter
see 'consensus on option 2'
see 'AFR (red line)'
keys w
see 'AFCP/12/4 · IRM-3'
keys 2
see 'Point 1: option 2'
keys Escape
see 'res-1 · positions'
see '1 open'
keys Escape
see '1 draft'
keys q
ends 0
expect_clean
expect_log <<'EOT'
res-1: point 1 decided: "at least one"
res-1: ARB can accept option 2 (flexible), point 1
res-1: AFR supports option 2 (red line), point 1
res-1: as it came
EOT
run git log -1 --format=%b
expect_out_has 'Supported-by: AFR, ARB, EUR'
run git log -1 --skip=2 --format=%b
expect_out_has 'Source: AFCP/12/4'
run grep -c 'wording:' drafts/res-1/AFR.positions.yaml
expect_out_has 1

it 'decides at once what all agree on, a commit each'
repository
drafted res-1 <<'EOT'
1) to hold [one / two]{#b1} meetings [in the capital]{#b2};

2) to report [each year]{#b3}.
EOT
for what in 'b1 AFR supports 2' 'b1 EUR accepts 2' 'b2 AFR supports 1' 'b2 EUR opposes 1' 'b3 CIS supports 0' 'b3 ASP supports 0'; do
	# shellcheck disable=SC2086
	run adref position res-1 $what
	expect_status 0
done
open_screen 120x40 adref
see '1 draft'
keys m
see 'near-consensus on the text: EUR objects'
keys C
see 'Decide these 2 points so, a commit each?'
see 'consensus on option 2'
keys y
see '2 points decided by consensus'
see '1 open'
keys q
see '1 draft'
keys q
ends 0
expect_clean
expect_file drafts/res-1.md <<'EOT'
1) to hold two meetings [in the capital]{#b2};

2) to report.
EOT
run git log -2 --format=%s%n%b
expect_out_has 'point 1 decided: "two"'
expect_out_has 'Supported-by: ASP, CIS'

it 'tries options and leaves no trace'
repository
drafted res-1 <<'EOT'
1) to hold [one / AFR: two] meetings [in the capital];
EOT
open_screen 80x24 adref chair res-1
see 'point 1 of 2'
keys i
see 'what if'
keys 2
see 'to hold two meetings [in the capital]'
see 'leaves 1 point, 1 open'
keys n 0
see 'to hold two meetings;'
see 'leaves no open point'
keys a
see 'As which party'
typed 'base'
keys Enter
see 'as the base'
keys q
see 'point 1 of 2'
keys Enter
see 'to hold [one / AFR: two] meetings'
keys F5
see 'what if'
keys q
see 'F2 bracket'
keys C-q
see 'point 1 of 2'
keys q
see '1 draft'
keys q
ends 0
expect_clean
expect_log <<'EOT'
res-1: as it came
EOT

# SPDX-License-Identifier: MIT
. "$ADREF_SOURCE/tests/e2e/lib.sh"

export XDG_CACHE_HOME="$T/cache"
"$ADREF_SOURCE/tests/tools/demo" >/dev/null 2>&1
demo=$T/cache/adref/demo

it 'tells what became of the point one decides on'
cd "$demo"
open_screen 80x24 adref
see '9 drafts'
keys Down Down c
see 'res-reunions'
typed 'g'
typed '8'
keys Enter
see 'au moins une'
keys L
see 'life of point 8 · b3f2a'
see 'Amina Diallo · AFCP/12'
see 'ARB supports option 3 (red line), ARB/44/1'
see 'after   [une / AFR, EUR: au moins une / ARB: deux]'
keys Up
see 'joined'
keys Enter
see '2026-06-17 · RPM-EUR'
keys q
see 'life of point 8'
keys n
see 'life of point 9'
keys a
see '21 points · 19 open'
keys End Enter
see 'resolved'
see 'against EUR'
keys q q q q
ends 0

it 'knows the point under the cursor, and those that are gone'
cd "$demo"
open_screen 120x40 adref
see '9 drafts'
keys Down Enter
see 'res-connectivity'
keys F8 F8 F8 F8 M-l
see 'life of point 4'
see 'reopened'
keys q
see_not 'life of point'
keys C-q L
see 'every point there was'
keys q q
ends 0

it 'is left at any time while the history is read'
cd "$demo"
git gc -q 2>/dev/null || :
for _ in 1 2 3 4 5; do
	rm -rf .git/adref
	open_screen 80x24 adref
	see '9 drafts'
	keys Down L q L Escape q L q q
	ends 0
done

it 'knows the points of a draft that is gone'
repository here
cd here
drafted res-1 <<'EOT'
1) to hold [one / AFR: two] meetings;
EOT
drafted res-2 <<'EOT'
1) to thank the host.
EOT
git rm -q drafts/res-1.md
git commit -q -m 'res-1 is given up'
open_screen 80x24 adref
see '1 draft'
keys l
see 'res-2 · log'
keys a
see 'res-1 is given up'
keys Home L
see 'res-1 · every point there was'
see '1 point · 0 open'
see 'the draft was deleted'
keys Enter
see 'life of a point that is gone'
keys q q q q
ends 0

# SPDX-License-Identifier: MIT
. "$ADREF_SOURCE/tests/e2e/lib.sh"

export XDG_CACHE_HOME="$T/cache"
"$ADREF_SOURCE/tests/tools/demo" >/dev/null 2>&1

it 'shows how far a draft has come, who holds it up, and what is forgotten'
cd "$T/cache/adref/demo"
open_screen 80x24 adref
see '9 drafts'
keys Down Down P
see '19 open points · 1 closed so far'
see 'RPM-EUR   2026-06-17    17'
see 'Who holds the open points'
keys Enter
see 'from 2026-07-20 to 2026-09-14 · IRM-1'
see 'change 1 of'
keys q v
see 'by meeting'
keys v End
see 'Nobody has spoken for these in the last 5 versions'
keys Enter
see 'life of point 17'
keys q
see 'its life'
keys o
typed '100'
keys Enter
see 'none: all are spoken for'
keys q
see '9 drafts'
keys l
see 'res-reunions · log'
keys P
see '19 open points'
keys q L
see '21 points · 19 open'
keys q q q
ends 0

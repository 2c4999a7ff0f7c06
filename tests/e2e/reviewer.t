# SPDX-License-Identifier: MIT
. "$ADREF_SOURCE/tests/e2e/lib.sh"

# What somebody who reviews the demonstration workspace wants to know, found without
# leaving the workbench, from the footers and the help alone.
export XDG_CACHE_HOME="$T/cache"
"$ADREF_SOURCE/tests/tools/demo" >/dev/null 2>&1
cd "$T/cache/adref/demo"

it 'who introduced the second option of a point'
cd "$T/cache/adref/demo"
open_screen 80x24 adref
see '9 drafts'
keys Down Down Enter
see 'res-reunions'
keys C-g
typed 'b3f2a'
keys Enter
see 'au moins une'
keys M-l
see 'life of point 8 · b3f2a'
keys Home
see 'there was no such point yet'
see '2026-02-18  RPM-AFR   Amina Diallo · AFCP/12 · '
see 'born           [une / AFR: au moins une]  (AFR)'
keys Enter
# The version that brought it, at this very point.
see '2026-02-18 · RPM-AFR · Amina Diallo'
see '▸       incidence sur le budget]+}, {+[une / AFR: au moins+} une{+]+}'
keys q q
see_not 'life of'
# The same from the words themselves.
keys C-f
typed 'AFR, EUR: au moins'
keys Enter Escape C-Right C-Right C-Right M-b
see 'Amina Diallo'
keys q C-q q
ends 0

it 'at which meeting a point was resolved, and against whose position'
cd "$T/cache/adref/demo"
open_screen 80x24 adref
see '9 drafts'
keys Down Down L
see '21 points · 19 open'
keys /
typed 'certaines'
keys Enter
see '1 of 21 points'
see 'resolved 2026-09-14 at IRM-1: option 1: de nombreuses  against EUR'
keys Enter
see 'IRM-1     Paolo Ricci'
see 'resolved       option 1: de nombreuses  against EUR'
see 'before  [de nombreuses / EUR: certaines]'
see 'after   de nombreuses'
keys Enter
see 'decided: point 1, option 1, "de nombreuses"'
keys q q q q
ends 0

it 'which words went between two meetings without a decision'
cd "$T/cache/adref/demo"
open_screen 80x24 adref
see '9 drafts'
keys l
see 'declaration · log'
see '3 versions'
keys End Space Home Enter
see 'from 2026-07-02 to 2026-09-15 · IRM-1'
see '[-, disability-]'
see 'words went: ", disability"; no decision says so'
see 'Samuel Okello'
see 'point gone: "[two / AFR: one]"'
keys q q Down Down l
see 'res-reunions · log'
# What nobody decided and where one is are seen, however long the title; a tab is a blank.
see '8 versions'
keys Space Down Down Down Enter
see 'from 2026-05-28 · RPM-AMS to 2026-09-14'
see '⚠ 1 · change 1 of 16'
see '! undecided'
keys !
see '⚠ words came: "5 de confier la'
keys q q P
see 'open points · 1 closed so far'
# What was decided is no surprise: it is named, not warned of.
keys Enter
see 'from 2026-07-20 to 2026-09-14 · IRM-1'
see 'decided: point 1, option 1, "de nombreuses"'
see_not 'no decision says so'
keys q q q
ends 0

it 'one draft, the whole story: who, at which meeting, against whom, and what went'
cd "$T/cache/adref/demo"
open_screen 80x24 adref
see '9 drafts'
keys Down Down Down l
see 'res-rural · log'
see 'c compare'
# What changed between two meetings, by their names.
keys c
typed 'RPM-E'
keys Tab
typed '..IRM-1'
keys Enter
see 'from RPM-EUR to IRM-1'
see '2 undecided'
see 'decided: point 2 (b61c4), option 1, "shall" · against AMS, EUR'
see 'IRM-1 · Paolo Ricci'
keys End
see '[-and those who live there have been heard,-]'
see '⚠ words went: "and those who live there have been heard,"; no decision'
see '2026-07-22 · Samuel Okello'
keys q
# Who introduced the second option, and who joined.
keys L
see '4 points'
keys /
typed 'contract'
keys Enter
see 'resolved 2026-09-15 at IRM-1: option 1: shall  against AMS, EUR'
keys Enter
see '2026-05-28  RPM-AMS   Lucía Ferreira · IAP/31'
see 'born           [shall / AMS: may, by contract,]  (AMS)'
see 'joined         EUR, option 2: may, by contract,'
see 'IRM-1     Paolo Ricci'
see 'resolved       option 1: shall  against AMS, EUR'
keys q q
# What is covered says by what; a meeting that is still to come is said so.
keys c
typed 'RPM-AMS..RPM-EUR'
keys Enter
see 'from RPM-AMS to RPM-EUR'
see 'covered by: proposals in brackets  ·  2026-06-17 · RPM-EUR · Ingrid'
see 'nothing changed silently: the record accounts for every change'
see_not 'undecided'
keys q c
typed 'IRM-1..IRM-2'
keys Enter
see 'IRM-2 has no version yet'
keys q q
ends 0

it 'the shortest way: a key or two from the list of drafts to each answer'
cd "$T/cache/adref/demo"
open_screen 80x24 adref
see '9 drafts'
# What went without a decision on the way to the last meeting: it is proposed.
keys Down Down Down l
see 'c compare'
keys c
see 'Compare RPM-EUR..IRM-1  Enter, or others'
keys Enter
see '⚠ 2 undecided'
see '⚠ words went: "and those who live there have been heard,"; no decision'
see '! undecided'
keys q L
# Resolved at which meeting, against whom: the list says it.
see '4 points'
keys End
see 'resolved 2026-09-15 at IRM-1: option 1: shall  against AMS, EUR'
see 'Enter its life'
# Who brought the second option, and who joined it.
keys Enter
see '2026-05-28  RPM-AMS   Lucía Ferreira · IAP/31'
see 'born           [shall / AMS: may, by contract,]  (AMS)'
see 'joined         EUR, option 2: may, by contract,'
keys q q q q
ends 0

it 'the first version of a draft is new, without a sign at each word'
cd "$T/cache/adref/demo"
open_screen 80x24 adref
see '9 drafts'
keys Down Down Down l
see '5 versions'
keys End
see 'the draft began'
keys Enter
see 'front matter · new'
see '¶ 8 · new'
see_not 'Esc stop'
see_not 'no decision says so'
keys q q q
ends 0

it 'a draft that was deleted comes back from the log'
cd "$T/cache/adref/demo"
git rm -q drafts/res-zonas.md
git commit -q -m 'res-zonas: withdrawn'
open_screen 80x24 adref
see '8 drafts'
keys l
see 'declaration · log'
keys a
see 'all drafts · log'
keys Home
see 'deleted res-zonas: withdrawn'
see 'the draft was deleted here: r brings it back'
keys Enter
see 'no decision says so'
see_not 'no such file'
keys q
see 'the draft was deleted here: r brings it back'
keys r
see 'bring back from'
see '{+title: Servicios en las zonas de frontera+}'
keys y
see 'Brought back, as commit'
keys q q
ends 0
run git status --porcelain
expect_out </dev/null

it 'drafts that repeat each other'
cd "$T/cache/adref/demo"
open_screen 80x24 adref
see '9 drafts'
keys O
see 'suppress'
see 'merge'
see 'trim'
keys q q
ends 0

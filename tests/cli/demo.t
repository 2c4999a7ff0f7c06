# SPDX-License-Identifier: MIT
. "$ADREF_SOURCE/tests/cli/lib.sh"
export XDG_CACHE_HOME="$T/cache"
demo=$ADREF_SOURCE/tests/tools/demo

it 'makes a demonstration workspace whose last state is drafts/'
run "$demo"
expect_status 0
expect_out_has "$T/cache/adref/demo"
run diff -r "$ADREF_SOURCE/drafts" "$T/cache/adref/demo/drafts"
expect_status 0
run git -C "$T/cache/adref/demo" status --porcelain
expect_out </dev/null
run git -C "$T/cache/adref/demo" fsck --strict
expect_status 0

it 'gives it a history of people from all regions'
run git -C "$T/cache/adref/demo" log --format=%an
expect_out <<EOT
Elena Marchetti
Paolo Ricci
Paolo Ricci
Paolo Ricci
Paolo Ricci
Paolo Ricci
Paolo Ricci
Paolo Ricci
Paolo Ricci
Samuel Okello
Samuel Okello
Samuel Okello
Samuel Okello
Elena Marchetti
Lucía Ferreira
Ingrid Solberg
Ingrid Solberg
Lucía Ferreira
Lucía Ferreira
Daniyar Omarov
Mele Taufa
Elena Marchetti
Nadia Haddad
Tendai Moyo
Amina Diallo
Elena Marchetti
EOT

it 'begins with a text that has hardly any bracket'
git -C "$T/cache/adref/demo" show 'HEAD~25:drafts/res-reunions.md' >first.md
expect_file_has first.md ', une réunion préparatoire par région'
expect_file_lacks first.md 'AFR'

it 'offers the one that is there as it is'
echo 'my own words' >>"$T/cache/adref/demo/drafts/declaration.md"
run "$demo"
expect_status 0
expect_err_has 'as you left it'
expect_file_has "$T/cache/adref/demo/drafts/declaration.md" 'my own words'

it 'makes a new one when asked, and keeps the old one'
run "$demo" --anew
expect_status 0
expect_file_lacks "$T/cache/adref/demo/drafts/declaration.md" 'my own words'
expect_file_has "$T/cache/adref/demo.old/drafts/declaration.md" 'my own words'

it 'leaves what the user calls git alone'
run git config --global --list
expect_out </dev/null

it 'tells a story that the history commands can read'
"$demo" --anew >/dev/null 2>&1
cd "$T/cache/adref/demo" || exit 1
# Who introduced the second option; where was it resolved, and against whom; what went silently.
run adref life res-reunions b3f2a
expect_out_has '[une / AFR: au moins une]  (AFR)  ·  Amina Diallo  AFCP/12'
run adref life res-reunions 'de nombreuses / EUR'
expect_out_has 'IRM-1     resolved        option 1: de nombreuses  against EUR'
run adref life res-connectivity 4
expect_out_has 'reopened'
run adref life res-rural b61c4
expect_out_has '[shall / AMS: may, by contract,]  (AMS)  ·  Lucía Ferreira  IAP/31'
expect_out_has 'IRM-1     resolved        option 1: shall  against AMS, EUR'
run adref diff RPM-EUR:res-rural IRM-1:res-rural
expect_out_has 'the same homes,[- and those who live there have been heard,-]'
expect_out_has 'decided: point 2 (b61c4), option 1, "shall" · against AMS, EUR'
run adref audit res-rural RPM-EUR..IRM-1
expect_status 1
expect_out_has '[-and those who live there have been heard,-]'
expect_out_lacks 'contract'
run adref audit declaration RPM-EUR..IRM-1
expect_status 1
expect_out_has '[-, disability-]'
expect_out_has '[-[two / AFR: one]-]{+two+}'
expect_out_lacks 'thanks to the hosts'
run adref audit res-reunions RPM-EUR..IRM-1
expect_status 1
expect_out_has '{+5 de confier'
expect_out_lacks 'decided'
run adref audit --all res-connectivity RPM-EUR..IRM-1
expect_out_has 'recorded decision'
expect_out_has 'decision taken back'
run adref log declaration
expect_out_has 'IRM-1'

it 'has texts worth streamlining, in each of the three ways'
cd "$T/cache/adref/demo" || exit 1
run adref overlap --map
expect_out_has 'suppress res-schools: 83 % of it stands in res-connectivity'
expect_out_has 'merge them: 60 % of res-tarifas stands in res-zonas'
expect_out_has 'trim res-connectivity: 3 paragraphs (10 % of it) stand in res-rural'

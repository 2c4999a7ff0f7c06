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
Samuel Okello
Samuel Okello
Samuel Okello
Elena Marchetti
Ingrid Solberg
Lucía Ferreira
Daniyar Omarov
Mele Taufa
Nadia Haddad
Tendai Moyo
Amina Diallo
Elena Marchetti
EOT

it 'begins with a text that has hardly any bracket'
git -C "$T/cache/adref/demo" show 'HEAD~19:drafts/res-reunions.md' >first.md
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

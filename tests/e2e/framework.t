# SPDX-License-Identifier: MIT
. "$ADREF_SOURCE/tests/e2e/lib.sh"

it 'shows its version in a terminal and ends'
open_screen 80x24 adref --version
see 'adref '
ends 0

it 'types, pastes, resizes and sees a program end'
open_screen 60x10 sh -c 'stty size; read x; echo "got $x"; read x; echo "and $x"; stty size; exit 7'
see '10 60'
typed "it's typed"
keys Enter
see "got it's typed"
pasted 'été 中文'
resize 50x12
keys Enter
see 'and été 中文'
see '12 50'
see_not 'nothing of the kind'
ends 7

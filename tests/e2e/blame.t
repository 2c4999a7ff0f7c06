# SPDX-License-Identifier: MIT
. "$ADREF_SOURCE/tests/e2e/lib.sh"

it 'finds who brought the words at the cursor, and who those before'
repository
drafted res-1 <<'EOT'
resolves to instruct the Director

1) to hold one meeting a year;
EOT
git mv drafts/res-1.md drafts/res-2.md
git commit -q -m 'another number'
sed -i 's/one meeting/[one meeting \/ AFR: two meetings]/' drafts/res-2.md
GIT_AUTHOR_NAME='Amina Diallo' git commit -q -a -m 'proposal of Africa'
sed -i 's/^1) to hold/1) to organize, soon,/' drafts/res-2.md
git commit -q -a -m 'edited'
open_screen 80x24 adref
see '1 draft'
keys Enter
see 'to organize'
keys C-f
typed 'two'
keys Enter Escape M-b
see 'who brought "two"'
see 'Amina Diallo'
see 'before  nothing'
see 'proposal of Africa'
see 'to hold [one meeting / AFR: two meetings]'
keys n
see 'the text as it is now'
see 'to organize, soon'
keys p Enter
see 'change 2 of 2'
keys q q C-f C-u
typed 'meeting /'
keys Enter Escape M-b
see 'who brought "meeting"'
see 'the draft began'
keys q
see_not 'who brought'
keys F10
typed 'blame'
keys Enter
see 'who brought "meeting"'
# At the bracket, where going to a point leads, all of the point is meant.
keys q C-g
typed '[1'
keys Enter M-b
see 'who brought "[one meeting'
see 'Amina Diallo'
see 'after   [one meeting / AFR: two meetings]'
# At its other signs, the option beside them.
keys q C-f C-u
typed '/ AFR'
keys Enter Escape M-b
see 'who brought "two meetings"'
see 'after   two meetings'
keys q C-f C-u
typed '] a year'
keys Enter Escape M-b
see 'who brought "two meetings"'
keys q C-q q
ends 0

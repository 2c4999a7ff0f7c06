# SPDX-License-Identifier: MIT
. "$ADREF_SOURCE/tests/e2e/lib.sh"

it 'leads a newcomer from an empty folder to a committed decision'
nobody_known
unset GIT_CONFIG_GLOBAL GIT_CONFIG_SYSTEM
open_screen 80x24 adref
see 'Press i to make a workspace here'
keys i
see 'Make a workspace in this folder?'
keys y
see 'Your name?'
typed 'Amina Diallo'
keys Enter
see 'And your e-mail address?'
typed 'amina@example.org'
keys Enter
see 'What are you here?'
keys c
see 'For which party?'
typed 'afr'
keys Enter
see 'Which meeting is it now?'
typed 'IRM-2'
keys Enter
see 'Noted: chair · AFR · IRM-2'
see 'A workspace for negotiating texts'
keys c
see 'example · chair'
see 'IRM-2'
keys 1
see 'u undoes'
keys q
see '1 draft'
keys q
ends 0
expect_clean
expect_log <<'EOT'
example: point 1 decided: "Place"
A workspace for negotiating texts
EOT
run git log -1 --format=%an:%b
expect_out_has 'Amina Diallo'
expect_out_has 'Meeting: IRM-2'

it 'asks once'
git clone -q ../case-1 .
git config user.name Somebody
git config user.email somebody@example.org
open_screen 80x24 adref
see 'example: point 1 decided' # all is read by then
not_on_screen 'What are you here?' || fail 'it asked again'
keys q
ends 0

it 'imports a long text, after saying what would go'
workspace
for i in $(seq 400); do
	printf 'Paragraph %d says that each Party [shall][should] act\nwithout delay [in its region].   \n\n' "$i"
done >../long.txt
open_screen 80x24 adref
see 'open points'
keys I
see 'File to import'
typed '../long.txt'
keys Enter
see 'line end inside a paragraph'
see 'Import it?  y yes  n no'
keys y
see 'Name of the draft (NAME/AFR'
keys Enter
see 'Paragraph 1 says that each Party [shall][should] act without delay'
keys C-k
see 'Commit message long: '
keys Enter
see 'Committed as'
keys C-q
see '800'
keys q
ends 0
expect_clean
run git log -1 --format=%s
expect_out_has 'long: new draft'

# SPDX-License-Identifier: MIT
. "$ADREF_SOURCE/tests/cli/lib.sh"

it 'commits the decision on a name, with trailers'
workspace
run adref resolve res-reunions 5 2 --linked --reason 'as in the last session'
expect_status 0
expect_err_has 'point 5 decided: option 2, "devrait", and 1 linked'
expect_clean
last_message >message
expect_file_has message 'as in the last session'
sed -n '/^Point:/,$p' message >trailers
expect_file trailers <<EOT
Point: 5
Decision: option 2, "devrait"
Linked: 1
Meeting: IRM-1
EOT
run git show --stat --format= HEAD
expect_out_has 'drafts/res-reunions.md | 2 +-'

it 'says where the point stood, and that the numbers after it are others now'
printf 'to hold [one / two] meetings, [perhaps], [soon / later]\n' >x.md
run adref resolve x.md 1 2
expect_status 0
expect_err <<EOT
adref: point 1 decided: option 2, "two"
adref: it stood in line 1: to hold [one / two] meetings, [perhaps], [soon / later]
adref: the points after it have new numbers: point 1 is now [perhaps]
EOT
run adref resolve x.md 2 0
expect_status 0
expect_err_lacks 'new numbers'

it 'says who supported and who opposed'
workspace
run adref resolve res-reunions b3f2a 2
expect_status 0
last_message >message
expect_file_has message 'Supported-by: '
expect_file_has message 'Point: 8'

it 'decides several points together, by the numbers they had, a commit each'
workspace
adref resolve --dry-run --choose 8=2,b94e7=1,5=2 res-reunions >"$T/wanted"
run adref resolve res-reunions --choose 8=2,b94e7=1 --choose 5=2 --reason 'one balance'
expect_status 0
grep -v 'committed as' "$T/err" >said
expect_file said <<EOT
adref: point 10 decided: option 1, "trois mois"
adref: point 8 decided: option 2, "au moins une"
adref: point 5 decided: option 2, "devrait"
EOT
rm said
[ "$(commits)" = 4 ] || fail 'not a commit each'
expect_clean
[ "$(git log --format=%B | grep -c '^Package: 3 points: 5=2, 8=2, 10=1$')" = 3 ] ||
	fail 'the commits do not name the package'
last_message >message
expect_file_has message 'given: one balance'
adref diff HEAD~3:res-reunions HEAD:res-reunions | grep '^~' >"$T/done"
expect_same "$T/wanted" "$T/done"
run adref audit res-reunions HEAD~3..HEAD
expect_status 0
run adref undo res-reunions
expect_err_has 'undone: point 5'
run adref brackets res-reunions
expect_out_has '17 open points'

it 'decides none of them where one cannot be, and says which'
workspace
cp drafts/res-reunions.md before
run adref resolve --choose 17=0,18=1,5=2 res-reunions
expect_status 2
expect_one_line
expect_err_has 'point 18 cannot be decided with the others: it is inside a wording that is not taken'
for choice in 5=3 99=1 5=1,5=2 5=text ,; do
	run adref resolve --choose "$choice" res-reunions
	case $status in 2 | 3) ;; *) fail "$choice: not refused" ;; esac
	expect_one_line
done
run adref resolve --choose 5=1 --linked res-reunions
expect_status 2
run adref resolve --choose 5=1 res-reunions declaration
expect_status 2
run adref resolve res-reunions 5 1 1
expect_status 2
expect_err_has '"1" is one word too many'
expect_same before drafts/res-reunions.md
[ "$(commits)" = 1 ] || fail 'a commit was made'

it 'says what was done and what was not where a commit is refused between them'
workspace
printf '#!/bin/sh\n! grep -q "^Point: 8" "$1"\n' >.git/hooks/commit-msg
chmod +x .git/hooks/commit-msg
adref trust >/dev/null 2>&1
run adref resolve --choose 5=2,8=2,10=1 res-reunions
expect_status 3
expect_err_has 'point 10 decided: option 1'
expect_err_has 'decided before that, by the numbers they had: 10; still open: 8, 5'
expect_err_has 'commit-msg'
[ "$(commits)" = 2 ] || fail 'not one commit'
expect_clean

it 'decides several in a file, or on standard input, all or none'
printf 'x [a / b] y [c [d] / e] z [f]\n' >x.md
run adref resolve --choose 1=2,2=1,3=0 x.md
expect_status 0
expect_file x.md <<EOT
x b y c z [f]
EOT
run adref resolve --choose 1=1 - <x.md
expect_out <<EOT
x b y c z f
EOT

it 'edits a path in place and commits nothing'
workspace
run adref resolve drafts/res-reunions.md 8 1
expect_status 0
[ "$(commits)" = 1 ] || fail 'a commit was made'
run git status --porcelain
expect_out <<EOT
 M drafts/res-reunions.md
EOT

it 'prints the result where it reads standard input'
run adref resolve - 1 2 <<EOT
Parties [shall][should] act
EOT
expect_status 0
expect_out <<EOT
Parties should act
EOT

it 'takes all, 0, an id and new wording'
printf 'x\n\n[a\n\nb]{#b1}\n\ny [z]\n' >d.md
run adref resolve - b1 all <d.md
expect_out <<EOT
x

a

b

y [z]
EOT
run adref resolve - 2 0 <d.md
expect_out_has 'y'
expect_out_lacks 'z'
run adref resolve - 2 text --text 'new words' <d.md
expect_out_has 'y new words'

it 'shows with --dry-run what would change, and changes nothing'
workspace
cp drafts/declaration.md before
run adref resolve --dry-run declaration 1 1
expect_status 0
expect_out_has '[-'
expect_same before drafts/declaration.md
[ "$(commits)" = 1 ] || fail 'a commit was made'

it 'says which points there are, and how to choose'
printf 'a [b] c\n' >x.md
run adref resolve x.md 9 1
expect_status 3
expect_err <<EOT
adref: x.md: no point 9; it has points 1 to 1
EOT
run adref resolve x.md b9 1
expect_status 3
expect_err_has 'no point has the id b9; "adref brackets x.md" lists them'
run adref resolve x.md 1 3
expect_status 2
expect_err <<EOT
adref: x.md:1:3: point 1 has one option; choose 1, or 0 for no text
EOT
run adref resolve x.md 1 all
expect_status 2
expect_err_has 'x.md:1:3: point 1 is no block'
run adref resolve x.md 1 perhaps
expect_status 2
run adref resolve x.md 1 text
expect_status 2
expect_err_has 'give --text'
run adref resolve x.md 1 1 --text y
expect_status 2
run adref resolve x.md 99999999999999999999999 1
expect_status 3
expect_file x.md <<EOT
a [b] c
EOT

it 'refuses a draft with edits that are not committed, and says how to go on'
workspace
echo more >>drafts/declaration.md
cp drafts/declaration.md before
run adref resolve declaration 1 1
expect_status 3
expect_one_line
expect_err_has '"adref commit"'
expect_same before drafts/declaration.md

it 'refuses a draft that was never committed'
workspace
printf 'a [b]\n' >drafts/new.md
run adref resolve new 1 1
expect_status 3
expect_err_has 'was never committed'

it 'says so where there is no repository, and still edits a path'
mkdir drafts
printf 'a [b] c\n' >drafts/x.md
run adref resolve x 1 1
expect_status 3
expect_one_line
expect_err_has '"adref init" makes one'
run adref resolve drafts/x.md 1 1
expect_status 0
expect_file drafts/x.md <<EOT
a b c
EOT

it 'keeps line ends, a missing last newline and foreign bytes'
printf 'a\r\n[b][c]\302\240\377\r\nend' >x.md
run adref resolve x.md 1 1
expect_status 0
printf 'a\r\nb\302\240\377\r\nend' >wanted
expect_same wanted x.md

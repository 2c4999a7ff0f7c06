# SPDX-License-Identifier: MIT
. "$ADREF_SOURCE/tests/cli/lib.sh"

beside() {
	repository .
	mkdir -p drafts/res-1
	printf -- '---\nbase: drafts/res-1/base.md\n---\n1.\tto invite Members to report [every year / AFR: every two years]\n\n2.\tto hold one meeting\n' >drafts/res-1.md
	printf '1.\tto invite Members to report every year\n\n2.\tto hold one meeting\n' >drafts/res-1/base.md
	printf '1)\tto invite Members to report every two years\n\n2)\tto hold one meeting\n' >drafts/res-1/AFR.md
	printf '1)\tto urge Members to report every year\n\n2)\tto hold one meeting\n\n3)\tto publish it\n' >drafts/res-1/EUR.md
	git add -A && git commit -qm start
}

it 'prints the draft and the texts beside it in columns'
beside
run adref compare --width 100 res-1
expect_status 0
expect_out <<EOT
draft · reference               │ AFR · 1                         │ EUR · 2
────────────────────────────────┼─────────────────────────────────┼────────────────────────────────
1. to invite Members to report  │ 1) to invite Members to report  │ 1) to [-invite-]{+urge+}
  [every year / AFR: every two  │   every [-year-]{+two years+} ✓ │   Members to report every year
  years]                        │                                 │
────────────────────────────────┼─────────────────────────────────┼────────────────────────────────
2. to hold one meeting          │ =                               │ =
────────────────────────────────┼─────────────────────────────────┼────────────────────────────────
                                │                                 │ 3) {+to publish it+}
EOT

it 'puts them under each other where columns would be too narrow'
beside
run adref compare --width 40 --only-differences res-1
expect_status 0
expect_out <<EOT
draft · reference; AFR · 1; EUR · 2

draft  1. to invite Members to report
         [every year / AFR: every two
         years]
AFR    1) to invite Members to report
         every [-year-]{+two years+} ✓
EUR    1) to [-invite-]{+urge+} Members
         to report every year

draft
AFR
EUR    3) {+to publish it+}
EOT

it 'takes another text as the reference, and other columns'
beside
run adref compare --reference base --only-differences --width 80 res-1
expect_status 0
expect_out_has 'base · reference'
expect_out_has '{+two years+}'
run adref compare --columns EUR,AFR --reference AFR --width 80 res-1
expect_status 0
expect_out_has 'EUR · 2'
expect_out_has 'AFR · reference'
expect_out_lacks 'draft'

it 'prints JSON whose words give the texts back'
beside
run adref compare --json --only-differences --columns draft,AFR res-1
expect_status 0
expect_out <<'EOT'
{"draft": "res-1", "reference": "draft", "different": 1, "columns": [{"name": "draft", "different": 0}, {"name": "AFR", "different": 1}], "rows": [[{"paragraph": 4, "state": "same", "text": "1.\tto invite Members to report [every year / AFR: every two years]"}, {"paragraph": 1, "state": "changed", "offered": true, "text": "1)\tto invite Members to report every two years", "words": [{"op": "=", "text": "1)\tto invite Members to report every "}, {"op": "-", "text": "year"}, {"op": "+", "text": "two years"}]}]]}
EOT

it 'names what it cannot read, and compares the rest'
beside
printf 'x\n' >drafts/res-1/QQQ.md
mkdir drafts/res-1/ARB.md
run adref compare --only-differences --width 80 res-1
expect_status 0
expect_err_has 'drafts/res-1/QQQ.md: left out'
expect_err_has 'drafts/res-1/ARB.md'
expect_out_has 'EUR · 2'

it 'says that a text is in another language'
beside
printf '1.\tпредложить членам представлять доклады\n\n2.\tпровести одно собрание\n' >drafts/res-1/CIS.md
run adref compare --width 80 --columns draft,CIS res-1
expect_status 0
expect_err_has 'CIS is in another language'
expect_out_has 'CIS · language'
expect_out_lacks '{+'

it 'says what is wrong in one line'
beside
for list in AFR,XYZ AFR,CIS base,AFR,draft,nowhere; do
	run adref compare --columns "$list" res-1
	[ "$status" -ge 2 ] || fail "status $status"
	expect_one_line
done
run adref compare --width 3 res-1
expect_status 2
cp drafts/res-1.md elsewhere.md
run adref compare elsewhere.md
expect_status 2
expect_one_line
run adref compare drafts/res-1.md
expect_status 0
printf 'text\n' >drafts/alone.md
run adref compare alone
expect_status 3
expect_err_has 'drafts/alone/AFR.md'
run adref compare --reference base --columns draft,base alone
expect_status 3
expect_one_line

it 'knows a region'\''s own text as NAME/CODE'
beside
printf '1)\tto invite Members to report every three years\n' >drafts/res-1/AFR.md
run adref diff res-1 res-1/AFR
expect_status 1
run adref commit --message 'AFR wants three' res-1/AFR
expect_status 0
[ "$(git log -1 --format=%s)" = 'AFR wants three' ] || fail 'no such commit'
git show --stat --format= HEAD >files
expect_file_has files 'drafts/res-1/AFR.md'
expect_file_lacks files 'drafts/res-1.md'
run adref brackets res-1/CIS
expect_status 3
expect_one_line

# SPDX-License-Identifier: MIT
. "$ADREF_SOURCE/tests/cli/lib.sh"

# A meeting is named wherever a version is.

# at DAY TEXT [MESSAGE]: the draft on that day
at() {
	printf '%b' "$2" >drafts/a.md
	git add -A
	GIT_AUTHOR_DATE="$1T10:00:00+0000" GIT_COMMITTER_DATE="$1T10:00:00+0000" git commit -q -m "${3-a version}"
}

story() {
	repository
	mkdir -p drafts
	cat >drafts/meetings.yaml <<EOT
meetings:
  - {code: IRM-1, name: first, dates: [2026-09-14, 2026-09-15]}
  - {code: IRM-2, name: second, dates: [2026-12-07, 2026-12-08]}
  - {code: IRM-3, name: third, dates: [2099-12-07, 2099-12-08]}
EOT
	at 2026-09-14 'We agree, in full, on one.\n\nTwo\n' first
	at 2026-09-15 'We agree, in full, on one.\n\nTwo\n\nThree\n' second
	at 2026-10-01 'We agree on one.\n\nTwo\n\nThree\n' between
	at 2026-12-08 'We agree on one.\n\nTwo, too\n\nThree\n' third
	at 2026-12-20 'We agree on one.\n\nTwo\n\nThree\n' after
}

it 'compares, audits and lists between meetings'
story
run adref diff IRM-1:a IRM-2:a
expect_status 1
expect_out_has '[-, in full,-]'
expect_out_has '{+, too+}'
run adref audit a IRM-1..IRM-2
expect_status 1
expect_out_has '[-, in full,-]'
expect_err_has '2 versions, 2 with changes that no decision names'
run adref log --from IRM-1 --to irm-2 a
expect_status 0
expect_out_has 'between'
expect_out_has 'third'
expect_out_lacks 'second'
expect_out_lacks 'after'
run adref log --from IRM-1
expect_out_has 'after'
expect_out_lacks 'second'
run adref verify IRM-1..IRM-2
expect_status 0

it 'brings back what a meeting had'
story
run adref restore --yes --from IRM-1 'a#1'
expect_status 0
expect_file_has drafts/a.md 'We agree, in full, on one.'
expect_file_has drafts/a.md 'Two'

it 'says what a name does not mean'
story
for one in 'diff IRM-3:a a' 'audit a IRM-3..' 'log --from IRM-3 a' 'verify IRM-3..' 'restore --from IRM-3 a'; do
	run adref $one
	expect_status 3
	expect_err_has 'IRM-3 has no version yet: nothing is committed since it began on 2099-12-07'
	expect_one_line
done
run adref audit a IRM-9..HEAD
expect_status 3
expect_err_has 'IRM-9: no such revision, meeting or day'

it 'takes a day for the last version up to its end'
story
run adref diff 2026-09-14:a 2026-11-30:a
expect_status 1
expect_out_has '[-, in full,-]'
expect_out_has '{+Three+}'
expect_err_has '2026-11-30: the last version before is of 2026-10-01'
expect_one_line
run adref audit a 2026-09-15..2026-12-08
expect_err_has '2 versions, 2 with changes that no decision names'
run adref diff 2026-09-13:a a
expect_status 3
expect_err_has '2026-09-13 has no version: the history begins later'

it 'takes a tag before the calendar, and says what that leaves out'
story
git tag IRM-1 HEAD~4
run adref diff IRM-1:a IRM-2:a
expect_out_has '{+Three+}'
expect_err_has 'IRM-1 is taken as the tag of that name'

it 'notes the meeting that is on under edits and what is brought back'
story
run adref restore --yes --from IRM-1 'a#1'
last_message >message
expect_file_lacks message 'Meeting:'
git config adref.meeting IRM-3
printf 'All new.\n' >drafts/a.md
run adref commit --message 'a: new words' a
expect_status 0
last_message >message
expect_file message <<'EOT'
a: new words

Meeting: IRM-3
EOT
run adref restore --yes --from IRM-1 a
last_message >message
expect_file_has message 'Meeting: IRM-3'
run adref log --meeting IRM-3 a
expect_out_has 'a: new words'
expect_out_has 'restored from'
git rm -q drafts/a.md
git commit -q -m gone
run adref restore --yes --from HEAD~1 a
last_message >message
expect_file_has message 'Meeting: IRM-3'
run adref diff IRM-1:a IRM-3:a
expect_status 0

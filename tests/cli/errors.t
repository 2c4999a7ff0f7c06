# SPDX-License-Identifier: MIT
. "$ADREF_SOURCE/tests/cli/lib.sh"

# says STATUS WORDS COMMAND…: one line of error that has the words
says() {
	status=$1 words=$2
	shift 2
	run adref "$@"
	expect_status "$status"
	expect_one_line
	expect_err_has "$words"
}

it 'says the way out of what cannot be done'
workspace
says 2 'zzz from which version? say --from VERSION; adref log zzz lists them' restore zzz
says 2 'res-reunions#3 from which version?' restore 'res-reunions#3'
says 3 'the draft was not there; the log says when it was' restore --from HEAD zzz
says 3 'no line 9999; its last one is' blame res-reunions:9999
says 3 'no/such: there is no such folder; make it first (mkdir -p no/such)' export --output no/such/x.txt res-reunions
says 3 'there is no such folder' export --output no/such/x.docx res-reunions
says 3 'zzz: no such draft' agenda zzz
expect_err_lacks 'nothing to discuss'
says 2 'a commit is of one draft, with what belongs to it: adref commit res-reunions, then adref commit declaration' \
	commit res-reunions declaration
[ "$(commits)" = 1 ] || fail 'something was committed'

it 'names the meetings there are where none is called so'
workspace
run adref log --meeting zzz
expect_status 0
expect_err_has 'no version is of a meeting zzz; drafts/meetings.yaml has '
git rm -q drafts/meetings.yaml
says 0 'no version is of a meeting zzz; drafts/meetings.yaml has none yet' log --meeting zzz
says 0 'no version is like that; without options all are listed' log --author nobody

it 'says which settings there are, and of a value that means nothing here that it is kept'
workspace
says 2 'there is no setting "colour"; did you mean colours? "adref set" shows all' set colour zzz
says 2 'there is no setting "qwerty"; "adref set" shows all' set qwerty zzz
says 2 'there is no setting "qwerty"' set qwerty
says 2 'colours should be auto, none, 8, 16 or 256' set colours zzz
says 0 'ABC is no party here (drafts/regions.yaml); it is kept as it stands' set party ABC
run adref set party AFR
expect_status 0
expect_err ''
says 0 'no meeting of drafts/meetings.yaml has the code IRM-99' set --here meeting IRM-99
cd "$T" || exit
says 2 'did you mean role?' set rolle chair

# SPDX-License-Identifier: MIT
. "$ADREF_SOURCE/tests/cli/lib.sh"

# put NAME TEXT [MESSAGE]: a version of a draft, as anybody could make it
put() {
	mkdir -p drafts
	printf '%b' "$2" >"drafts/$1.md"
	git add -A
	git commit -q -m "${3-a version}"
}

it 'covers decisions, undoing, proposals, ids and numbers'
repository
put a 'Intro\n\n1. to hold [one / AFR: two] meetings\n\n2. it [shall][should] be\n\n3. they [shall][should] go\n'
git tag start
run adref resolve a 1 2
run adref resolve a 1 2 --linked
run adref undo a
run adref resolve a 1 text --text 'may well'
run adref resolve a 1 0
put a 'Intro\n\n1. to hold two meetings [a year / EUR: in all]\n\n2. it may well be\n\n3. they go [home] (ARB)\n\n[AFR: 7. new]\n' proposals
run adref point id a 1
run adref renumber a
run adref audit a start..HEAD
expect_status 0
expect_out </dev/null
run adref audit --all a start..
expect_status 0
expect_out_has 'recorded decision'
expect_out_has 'decision taken back'
expect_out_has 'proposals in brackets'

it 'lists words that went silently'
repository
put a 'We agree on a long text here, with care.\n\nOther\n'
put a 'We agree on a text here, with care.\n\nOther\n'
run adref audit a HEAD~1..HEAD
expect_status 1
expect_out_has 'words went'
expect_out_has '[-long-]'
put a 'We agree on a text there, with care.\n\nOther, too\n'
run adref audit a HEAD~1..HEAD
expect_status 1
expect_out_has '[-here-]{+there+}'
expect_out_has 'words came'

it 'lists brackets that vanished without a decision, and parties that are gone'
repository
put a 'We [shall / AFR: should] go, [never] (EUR, ARB)\n'
put a 'We shall go, [never] (EUR)\n'
run adref audit a HEAD~1..HEAD
expect_status 1
expect_out_has 'point gone'
expect_out_has '[-[shall / AFR: should]-]{+shall+}'
expect_out_has 'party left out'
expect_out_has 'ARB: never'
run adref audit --json a HEAD~1..HEAD
expect_status 1
expect_out_has '"covered": false'
expect_out_has '"finding": "point-gone"'

it 'does not believe a decision that the text does not bear out'
repository
put a 'We [shall / should] go [far].\n'
run adref resolve a 1 2
git log -1 --format=%B >message
git reset -q --hard HEAD~1
printf 'We shall go [far].\n' >drafts/a.md
git commit -q -a -F message
run adref audit a HEAD~1..HEAD
expect_status 1
expect_out_has '[-should-]{+shall+}'
# The decision as recorded, and something else with it.
git reset -q --hard HEAD~1
printf 'We should go [far]. Now.\n' >drafts/a.md
git commit -q -a -F message
run adref audit a HEAD~1..HEAD
expect_status 1
expect_out_has 'words came'
expect_out_has '{+Now.+}'
expect_out_lacks 'point gone'

it 'does not believe an undoing of what was no decision, or not in the past, or is another text'
repository
put a 'We [shall / should] go far.\n'
run adref resolve a 1 1
run adref undo a
git log -1 --format=%B >message
run adref audit a HEAD~1..HEAD
expect_status 0
# Another text.
printf 'We [shall / should] go.\n' >drafts/a.md
git commit -q -a --amend -F message
run adref audit a HEAD~1..HEAD
expect_status 1
expect_out_has '[-far-]'
# No decision.
put a 'We [shall / should] stay.\n'
sed "s/^Undoes: .*/Undoes: $(git rev-parse HEAD)/" message >other
git checkout -q HEAD~1 drafts/a.md
git commit -q -F other
run adref audit a HEAD~1..HEAD
expect_status 1
expect_out_has '[-stay-]'
# A decision that is on no branch.
put a 'We go. [shall / should]\n'
run adref resolve a 1 1
sed "s/^Undoes: .*/Undoes: $(git rev-parse HEAD)/" message >other
git tag beside
git reset -q --hard HEAD~2
git checkout -q beside drafts/a.md
git commit -q -m same
git checkout -q beside~1 drafts/a.md
git commit -q -F other
run adref audit a HEAD~1..HEAD
expect_status 1

it 'lists agreed paragraphs that changed'
repository
put a 'First paragraph is agreed.\n\nSecond\n'
run adref agree a 1
expect_status 0
put a 'First paragraph was agreed.\n\nSecond\n'
run adref audit a HEAD~1..HEAD
expect_status 1
expect_out_has 'agreed text changed'

it 'lists what went when paragraphs were put together or parted, and nothing that was kept'
repository
put a '1. First paragraph is agreed;\n\n2. second is not, yet, and long.\n\nThird\n'
run adref agree a 1
expect_status 0
put a '1. First paragraph is agreed, second is not, yet, and long.\n\nThird\n'
run adref audit a HEAD~1..HEAD
expect_status 0
put a '1. First paragraph is agreed;\n\n2. second is not, and long.\n\nThird\n'
run adref audit a HEAD~1..HEAD
expect_status 1
expect_out_has '[-, yet-]'
expect_out_lacks 'long'

it 'covers an edit that the commit says was agreed'
repository
put a 'One two.\n'
printf 'One two three.\n' >drafts/a.md
run adref commit --agreed 'read out in plenary' a
expect_status 0
last_message >message
expect_file_has message 'Edit: read out in plenary'
run adref audit --all a HEAD~1..HEAD
expect_status 0
expect_out_has 'agreed edit'

# beside: a draft with two regions' texts
beside() {
	repository
	mkdir -p drafts/res-1
	printf 'to invite Members to report every year\n' >drafts/res-1.md
	printf 'to invite Members to report every two years\n' >drafts/res-1/AFR.md
	printf 'to urge Members to report every year\n' >drafts/res-1/LAS.md
	git add -A && git commit -qm start
}

it 'makes a consolidation again'
beside
run adref consolidate res-1
expect_status 0
last_message >message
expect_file_has message 'Consolidated: AFR, ARB'
run adref audit --all res-1 HEAD~1..HEAD
expect_status 0
expect_out_has 'consolidation'
run adref audit --json res-1 HEAD~1..HEAD
expect_out_has '"cover": "consolidation"'
# What came to the texts since makes no difference.
printf 'to ask\n' >drafts/res-1/AFR.md
git commit -qam later
run adref audit res-1 HEAD~2..HEAD
expect_status 0
# A word more, and it is listed.
git reset -q --hard HEAD~1
git log -1 --format=%B >message
git reset -q --hard HEAD~1
printf 'to [invite / ARB: urge] Members to report every [year / AFR: two years] now\n' >drafts/res-1.md
git commit -qa -F message
run adref audit res-1 HEAD~1..HEAD
expect_status 1
expect_out_has 'not as consolidated  the record says AFR, ARB'
expect_out_has '{+now+}'
# Texts that no commit has cannot be held against it.
git reset -q --hard HEAD~1
printf 'to urge\n' >drafts/res-1.md
sed 's/AFR/EUR/' message >other
git commit -qa -F other
run adref audit res-1 HEAD~1..HEAD
expect_status 1
expect_out_has 'not as consolidated'
expect_out_has '[-to invite Members to report every year-]'

it 'makes a consolidation again from the base that it says, and the parties as they were'
beside
printf 'parties:\n  - {code: ARB, aliases: [LAS], name: {en: Arab States}}\n  - {code: AFR, name: {en: Africa}}\n' >drafts/regions.yaml
printf 'to invite Members\n' >drafts/res-1/start.txt
printf -- '---\nbase: HEAD\n---\nto [invite]\n' >drafts/res-1.md
git add -A && git commit -qm base
sed -i "s/HEAD/$(git rev-parse HEAD~1)/" drafts/res-1.md && git commit -qam 'base named'
run adref consolidate res-1
expect_status 0
expect_file_has drafts/res-1.md '[invite / ARB: urge]'
run adref audit res-1 HEAD~1..HEAD
expect_status 0
run adref consolidate --yes --base drafts/res-1/start.txt res-1
expect_status 0
last_message >message
expect_file_has message 'Base: drafts/res-1/start.txt'
rm drafts/regions.yaml && git commit -qam 'six regions again'
run adref audit res-1 HEAD~3..HEAD~2
expect_status 0
# What was settled and is now what somebody alone wants.
run adref audit res-1 HEAD~2..HEAD
expect_status 1
expect_out_has 'settled words undone ¶ 4  [-to report every year-]'
expect_out_lacks 'not as consolidated'

it 'lists the decided words that a consolidation takes back'
beside
cp drafts/res-1.md drafts/res-1/start.txt
printf -- '---\nbase: drafts/res-1/start.txt\n---\n' | cat - drafts/res-1/start.txt >drafts/res-1.md
git add -A && git commit -qm base
run adref consolidate res-1
expect_status 0
run adref resolve res-1 1 2
expect_file_has drafts/res-1.md 'to urge Members'
git tag decided
run adref consolidate --yes res-1
expect_status 0
run adref audit res-1 decided..HEAD
expect_status 1
expect_out_has 'settled words undone'
expect_out_has '[-urge-]'
run adref audit --json res-1 decided..HEAD
expect_status 1
expect_out_has '"finding": "settled-undone"'
# From what it says now, nothing is taken back.
git reset -q --hard decided
run adref consolidate --base drafts/res-1.md res-1
expect_status 0
run adref audit res-1 decided..HEAD
expect_status 0

it 'makes it again of a draft that was said to be its own base'
beside
sed -i 's/every year/by [XX]/' drafts/res-1.md drafts/res-1/*.md && git commit -qam 'a gap'
run adref consolidate --base drafts/res-1.md res-1
expect_status 0
last_message >message
expect_file_has message 'Base: drafts/res-1.md'
run adref audit res-1 HEAD~1..HEAD
expect_status 0

it 'lists the agreed paragraphs that a consolidation changes'
beside
printf '\nSecond paragraph\n' >>drafts/res-1.md
printf '\nSecond paragraph\n' >>drafts/res-1/AFR.md
git commit -qam more
rm drafts/res-1/LAS.md && git commit -qam less
run adref agree res-1 1
expect_status 0
run adref agree res-1 2
expect_status 0
run adref consolidate res-1
expect_status 0
run adref audit res-1 HEAD~1..HEAD
expect_status 1
expect_out_has 'agreed text changed'
expect_out_has '[-to invite Members to report every year-]{+to invite Members to report every [year / AFR: two years]+}'
expect_out_lacks 'Second'
expect_out_lacks 'not as consolidated'

it 'makes a consolidation again where a merge records it'
beside
git rm -q --cached drafts/res-1/LAS.md && mv drafts/res-1/LAS.md later
git commit -qm 'AFR alone'
git switch -q -c region
mv later drafts/res-1/LAS.md && git add -A && git commit -qm 'ARB too'
git switch -q main
git merge -q --no-ff -m both region
run adref consolidate res-1
expect_status 0
git log -1 --format=%B >message
git reset -q --hard "$(git commit-tree -p HEAD~1^1 -p region -F message 'HEAD^{tree}')"
run adref audit --all res-1 HEAD^1..HEAD
expect_status 0
expect_out_has 'consolidation'
sed -i 's/two years/three years/' drafts/res-1.md
git commit -qa --amend -F message
run adref audit res-1 HEAD^1..HEAD
expect_status 1
expect_out_has 'not as consolidated'

it 'takes a merge for what its branches did'
repository
put a 'One [a / b] two.\n\nThree four.\n\nFive [c / d] six.\n'
git switch -q -c side
run adref resolve a 1 1
git switch -q main
run adref resolve a 2 2
git merge -q -m both side
git tag merged
run adref audit a HEAD~2..HEAD
expect_status 0
run adref audit a HEAD^1..HEAD
expect_status 0
# A merge that changes more than its branches.
git reset -q --hard HEAD^1
git merge -q --no-commit side
sed -i 's/Three four/Three five/' drafts/a.md
git commit -q -a -m evil
run adref audit a HEAD^1..HEAD
expect_status 1
expect_out_has '[-four-]{+five+}'

it 'takes a paragraph that both sides changed for what merging them gives'
repository
put a 'To hold one meeting every year in each of the regions, with all documents.\n\nOther words.\n'
git switch -q -c side
put a 'To hold [one / AFR: two] meeting every year in each of the regions, with all documents.\n\nOther words.\n'
git switch -q main
put a 'To hold one meeting every year in each of the regions, with all [the] documents.\n\nOther words.\n'
git show HEAD~1:drafts/a.md >base
git show side:drafts/a.md >theirs
git merge -q -s ours -m both side
run adref merge-file base drafts/a.md theirs
git commit -q --amend -m both drafts/a.md
expect_file_has drafts/a.md '[one / AFR: two] meeting every year in each of the regions, with all [the] documents.'
run adref audit --all a HEAD^1..HEAD
expect_status 0
expect_out_has "both sides' changes, put together"
# One side alone is no merge of the two: what the other had went silently.
git reset -q --hard HEAD^1
put a 'To hold one meeting every year in each of the regions, with all the new documents.\n\nOther words.\n'
git merge -q -s ours -m theirs side
git checkout -q side -- drafts/a.md
git commit -q --amend --no-edit
run adref audit a HEAD^1..HEAD
expect_status 1
expect_out_has '[-the new-]'

it 'tells what a merge left behind of a draft that this side had renamed'
repository
put a 'To hold one meeting every year in each of the regions, with all documents.\n\nOther words.\n'
git switch -q -c side
put a 'To hold one long meeting every year in each of the regions, with all documents.\n\nOther words.\n'
git switch -q main
git mv drafts/a.md drafts/b.md
git commit -q -m renamed
git merge -q -s ours -m both side
run adref audit b HEAD^1..HEAD
expect_status 1
expect_out_has '[-long-]'
run adref log b
expect_out_has 'left behind what'
run adref diff "$(git rev-parse side):b" HEAD:b
expect_status 1
expect_out_has 'long'
# A merge that takes it over leaves nothing behind.
git reset -q --hard HEAD^1
git merge -q -m both side
grep -q long drafts/b.md || fail 'git does not know the renamed draft'
run adref log b
expect_out_lacks 'left behind'
# What the merge put together is what both say, whatever the other calls it.
run adref audit --all b HEAD^1..HEAD
expect_out_has "both sides' changes, put together"
expect_out_lacks '{+long+}'

it 'takes one merge for two in turn, as sync makes it where others send twice'
repository
read_out=$(printf 'read out\n\nEdit: in plenary')
put a 'To hold one meeting every year in each of the regions, with all documents.\n\nOther words.\n'
git show HEAD:drafts/a.md >"$T/base"
git switch -q -c side
put a 'To hold three meetings every year in each of the regions, with all documents.\n\nOther words.\n' "$read_out"
git show side:drafts/a.md >"$T/then"
put a 'To hold four meetings every year in each of the regions, with all documents.\n\nOther words.\n' "$read_out"
git show side:drafts/a.md >"$T/now"
git switch -q main
put a 'To hold two meetings every year in each of the regions, with all documents.\n\nOther words.\n'
git merge -q -s ours -m both side
cp drafts/a.md "$T/plain"
run adref merge-file "$T/base" drafts/a.md "$T/then"
run adref merge-file "$T/base" "$T/plain" "$T/now"
run adref merge-file "$T/then" drafts/a.md "$T/now"
! cmp -s "$T/plain" drafts/a.md || fail 'in turn is as at once'
git commit -q --amend -m both drafts/a.md
run adref audit --all a HEAD^1..HEAD
expect_status 0
expect_out_has "both sides' changes, put together"
# A word less, and it is told.
sed -i 's/, with all documents//' drafts/a.md
git commit -q --amend -m both drafts/a.md
run adref audit a HEAD^1..HEAD
expect_status 1
expect_out_has 'documents'

it 'says what it cannot look at, and what makes no sense'
repository
put a 'one\n'
put a 'one \000\n'
put a 'one\n'
run adref audit a HEAD~2..HEAD
expect_status 1
expect_err_has 'cannot be looked at'
run adref audit a nothing..HEAD
expect_status 3
expect_one_line
run adref audit a ..HEAD
expect_status 2
run adref audit a HEAD..HEAD~1
expect_status 2
expect_err_has 'write HEAD~1..HEAD'
run adref audit a HEAD..HEAD
expect_status 0
run adref audit nothing HEAD..HEAD
expect_status 3
expect_err_has 'in neither version'

it 'takes a draft that began as all new, one that was deleted as all gone'
repository
put b 'another\n'
put a 'one here\n'
git rm -q drafts/a.md
git commit -q -m deleted
run adref audit a HEAD~1..HEAD
expect_status 1
expect_out_has '[-one here-]'
run adref audit a HEAD~2..HEAD~1
expect_status 1
expect_out_has '{+one here+}'

# SPDX-License-Identifier: MIT
# Histories as they come: each is browsed by every command there is, without a crash, and what
# cannot be shown is said.
. "$ADREF_SOURCE/tests/cli/lib.sh"
export XDG_CACHE_HOME="$T/cache"

# put TEXT DATE: a version of the draft a
put() {
	mkdir -p drafts
	printf '%b' "$1" >drafts/a.md
	git add -A
	GIT_AUTHOR_DATE="$2" GIT_COMMITTER_DATE="$2" git commit -q -m "${3-a version}"
}

# browse [CALL...]: whatever looks into the past of the draft a; each ends with an answer, or with one line that
# says why there is none, and sends nothing raw.
browse() {
	# log and life twice: the second time from what was kept.
	[ $# -gt 0 ] || set -- 'log a' 'log --json a' log 'log --added two a' 'life a' 'life --json a' 'blame a' \
		'audit a HEAD~1..HEAD' 'progress --json a' 'diff HEAD~1:a a'
	for call; do
		# shellcheck disable=SC2086
		run adref $call
		case $status in
		0 | 1 | 3) ;;
		*) fail "$ran: exit status $status" "$T/out" "$T/err" ;;
		esac
		[ "$status" != 3 ] || expect_one_line
		expect_raw_free
		cat "$T/err" >>"$T/said"
	done
}

# told WORDS: some command said so.
told() { grep -aqF -e "$1" "$T/said" || fail "nobody said: $1" "$T/said"; }

it 'browses merges of branches that changed the same draft'
repository
put 'a one\n\nb two\n\nc [x / y]\n' '2026-01-02T10:00:00Z'
git checkout -q -b other
put 'a one\n\nb two and more\n\nc [x / y]\n' '2026-01-03T10:00:00Z'
git checkout -q -
put 'a one [now]\n\nb two\n\nc [x / y]\n' '2026-01-04T10:00:00Z'
git merge -q -m merge other
git checkout -q -b third HEAD~1
put 'a one [now]\n\nb two\n\nc x\n' '2026-01-05T10:00:00Z'
git checkout -q main 2>/dev/null || git checkout -q master
git merge -q -m 'merge again' third
browse
run adref log a
expect_status 0
[ "$(grep -c '^20' "$T/out")" = "$(git log --format=%H -- drafts/a.md | wc -l)" ] || fail 'not every version' "$T/out"

it 'a merge that threw a branch away is listed, and its words are named'
repository
put 'to keep it open\n\nto meet\n\nto thank the host\n' '2026-01-02T10:00:00Z'
git checkout -q -b other
put 'to keep it open to all\n\nto meet [now]\n\nto thank the host\n' '2026-01-03T10:00:00Z'
git checkout -q -
put 'to keep it open\n\nto meet\n\nto thank the host [warmly]\n' '2026-01-04T10:00:00Z'
git merge -q -s ours -m 'kept ours' other
browse
for kept in cold warm; do
	run adref log a
	expect_out_has "left behind what $(git rev-parse --short=10 other) brought: adref diff"
	expect_out_has 'kept ours'
done
run adref log
expect_out_has 'left behind what'
run adref log --json a
expect_out_has "\"left\": \"$(git rev-parse other)\""
run adref log --removed 'open to all' a
expect_out_has 'kept ours'
run adref audit a HEAD~1..HEAD
expect_status 1
expect_out_has 'kept ours'
expect_out_has 'words went           ¶ 1  [-to all-]'
# The point that went with it is over; that of this side is not.
run adref life a
expect_out_has 'warmly'
run adref life --json a
expect_out_has '"recorded": false'
# The next version goes on from the kept list.
put 'to keep it open\n\nto meet\n\nto thank the host [so warmly]\n' '2026-01-06T10:00:00Z'
run adref log a
[ "$(grep -c 'left behind' "$T/out")" = 1 ] || fail 'not from the kept list' "$T/out"
# A merge that has what the branch had already leaves nothing behind.
git checkout -q -b late HEAD~1
put 'to keep it open\n\nto meet\n\nto thank the host [so warmly]\n' '2026-01-07T10:00:00Z'
git checkout -q -
git merge -q -s ours -m 'nothing new' late
git checkout -q -b old HEAD~3
echo other >drafts/b.md
git add drafts/b.md
git commit -q -m 'another draft'
git checkout -q -
git merge -q -m 'an old branch' old
run adref log a
[ "$(grep -c 'left behind' "$T/out")" = 1 ] || fail 'more than one left behind' "$T/out"
expect_out_lacks 'an old branch'

it 'a draft that a merge keeps deleted is told of, where the other side changed it'
repository
mkdir drafts
echo 'another draft' >drafts/z.md
put 'one two three four\n\nfive six seven eight\n' '2026-01-02T10:00:00Z'
git checkout -q -b other
put 'one two three four\n\nfive six seven eight [now]\n' '2026-01-03T10:00:00Z'
git checkout -q -b moved HEAD~1
git mv drafts/a.md drafts/b.md
git commit -q -m renamed
git merge -q -m 'under its new name' other
grep -q now drafts/b.md || fail 'not merged there'
run adref log
expect_out_lacks 'left behind'
git checkout -q -b gone other~1
git rm -q drafts/a.md
git commit -q -m deleted
git merge -q other >/dev/null 2>&1
git rm -q drafts/a.md
git commit -q -m 'kept deleted'
for kept in cold warm; do
	run adref log
	expect_out_has "left behind what $(git rev-parse --short=10 other) brought"
	expect_out_has "restore --from $(git rev-parse --short=10 other) a"
done
browse
run adref audit a HEAD~2..HEAD
expect_status 1
expect_out_has 'kept deleted'
expect_out_has 'five six seven eight [now]]-]'
run adref restore --from "$(git rev-parse --short=10 other)" a
expect_status 0
expect_file_has drafts/a.md '[now]'

# sides FIRST: the draft a that one branch edits twice and another renames to b and edits, merged; FIRST is the
# branch that is merged into, old or new.
sides() {
	repository
	put 'one two three [x / y]\n\nfour five six\n\nseven eight nine\n\nten eleven twelve\n' '2026-01-02T10:00:00Z' began
	git branch new
	git switch -q -c old
	put 'one two three [x / y / z]\n\nfour five six\n\nseven eight nine\n\nten eleven twelve\n' '2026-01-03T10:00:00Z' 'an option'
	git switch -q new
	git mv drafts/a.md drafts/b.md
	GIT_AUTHOR_DATE='2026-01-04T10:00:00Z' GIT_COMMITTER_DATE='2026-01-04T10:00:00Z' git commit -q -m renamed
	git switch -q old
	put 'one two three [x / y / z]\n\nfour five six\n\nseven eight nine and more\n\nten eleven twelve\n' '2026-01-05T10:00:00Z' 'more words'
	git switch -q new
	sed -i 's/twelve/[twelve]/' drafts/b.md
	GIT_AUTHOR_DATE='2026-01-06T10:00:00Z' GIT_COMMITTER_DATE='2026-01-06T10:00:00Z' git commit -q -a -m 'a point'
	git switch -q -c both "$1"
	GIT_AUTHOR_DATE='2026-01-07T10:00:00Z' GIT_COMMITTER_DATE='2026-01-07T10:00:00Z' \
		git merge -q -m merged "$([ "$1" = old ] && echo new || echo old)"
	grep -q 'and more' drafts/b.md && grep -q '\[twelve\]' drafts/b.md || fail 'not merged'
}

# both_sides FIRST: what is said of them.
both_sides() {
	first=$1
	sides "$first"
	for kept in cold warm; do
		run adref log --json b
		grep -o '"subject": "[^"]*"' "$T/out" | cut -d'"' -f4 | tr '\n' ',' >"$T/subjects"
		[ "$(cat "$T/subjects")" = 'merged,a point,more words,renamed,an option,began,' ] ||
			fail "$first first, $kept: another list" "$T/subjects"
	done
	run adref blame b
	expect_out_has "$(git rev-parse --short=10 old)"
	expect_out_has "$(git rev-parse --short=10 old~1)"
	expect_out_has "$(git rev-parse --short=10 new)"
	expect_out_lacks "$(git rev-parse --short=10 both)"
	for kept in cold warm; do
		run adref life --json b
		expect_out_has "$(git rev-parse old~1)"
		expect_out_has "$(git rev-parse new)"
		expect_out_has "$(git rev-parse new~2)"
		expect_out_lacks '"version": 6'
		run adref progress --versions --json b
		expect_out_has "$(git rev-parse old~1)"
		expect_out_has "$(git rev-parse new)"
	done
	run adref audit b HEAD^1..HEAD
	run adref audit --all b HEAD~3..HEAD
	expect_out_has "both sides' changes, put together"
	# What comes later goes on from what is kept.
	sed -i 's/five/5/' drafts/b.md
	GIT_AUTHOR_DATE='2026-01-08T10:00:00Z' GIT_COMMITTER_DATE='2026-01-08T10:00:00Z' git commit -q -a -m later
	run adref log --json b
	[ "$(grep -o '"subject"' "$T/out" | wc -l)" = 7 ] || fail "$first first: not all" "$T/out"
	run adref life --json b
	expect_out_has "$(git rev-parse old~1)"
}

it 'follows both sides of a merge into the branch that had the old name'
both_sides old

it 'follows both sides of a merge into the branch that renamed the draft'
both_sides new

it 'browses renames and drafts that were deleted and made again'
repository
mkdir drafts
echo 'another draft' >drafts/z.md
put 'one [x / y] two three four five six\n' '2026-01-02T10:00:00Z'
git mv drafts/a.md drafts/b.md
git commit -q -m renamed
git mv drafts/b.md drafts/a.md
git commit -q -m 'and back'
git rm -q drafts/a.md
git commit -q -m deleted
browse
run adref life a
expect_status 0
put 'something else [z] altogether\n' '2026-02-02T10:00:00Z'
put 'something else z altogether\n' '2026-02-03T10:00:00Z'
browse
run adref log a
expect_out_has '(deleted)'

it 'browses what is left where objects are missing'
repository
for i in 1 2 3 4 5 6; do
	put "one [x / y] two $i\n" "2026-01-0${i}T10:00:00Z"
done
blob=$(git rev-parse HEAD~3:drafts/a.md)
rm -f "$(printf '.git/objects/%.2s/%s' "$blob" "${blob#??}")"
browse
told 'cannot be shown'
run adref log a
expect_status 0
[ "$(grep -c '^20' "$T/out")" = 6 ] || fail 'not every version' "$T/out"
commit=$(git rev-parse HEAD~4)
rm -f "$(printf '.git/objects/%.2s/%s' "$commit" "${commit#??}")"
rm -rf .git/adref
browse
told 'git fsck'

it 'browses a shallow clone'
repository first
cd first || exit 1
for i in 1 2 3 4; do
	put "one [x / y] two $i\n" "2026-01-0${i}T10:00:00Z"
done
cd ..
git clone -q --depth 2 "file://$PWD/first" second
cd second || exit 1
browse
told 'shallow'
for call in 'life a' 'progress a' 'blame a'; do
	# shellcheck disable=SC2086
	run adref $call
	expect_status 0
	expect_err_has 'shallow'
done

it 'browses dates of 1970 and 2038 and names that are hostile'
repository
mkdir drafts
n=0
for date in '@0 +0000' '@2147483647 +0000' '@2147483648 -1200' '@4294967296 +1400'; do
	n=$((n + 1))
	printf 'one [x / y] two %d\n' $n >drafts/a.md
	git add -A
	GIT_AUTHOR_NAME="$(printf 'E\033[31mvil\302\233\342\200\256 %%s%%n')" GIT_AUTHOR_EMAIL='"; rm -rf ~ #@x' \
		GIT_AUTHOR_DATE="$date" GIT_COMMITTER_DATE="$date" git commit -q -m "$(printf 'sub\033]0;x\007ject %%n %d' $n)"
done
browse
run adref log a
expect_out_has '1970-01-01'
expect_out_has '2038-01-19'
run adref progress --svg a
expect_raw_free
run adref progress --csv a
expect_raw_free
# What git itself would not write: no name at all, a date that is none.
tree=$(git rev-parse 'HEAD^{tree}')
printf 'changed [by / nobody]\n' >drafts/a.md
git add -A
tree=$(git write-tree)
id=$(printf 'tree %s\nparent %s\nauthor  <> nonsense +9999\ncommitter <x> 99999999999999999999 +0000\n\nodd\n' "$tree" "$(git rev-parse HEAD)" |
	git hash-object -t commit -w --stdin --literally)
git update-ref HEAD "$id"
browse
run adref log a
expect_out_has 'odd'

it 'browses a draft that was binary once, and one that was 50 MB'
repository
put 'one [x / y] two\n' '2026-01-02T10:00:00Z'
put 'one \000\001\377 two\n' '2026-01-03T10:00:00Z'
put 'one [x / y] two again\n' '2026-01-04T10:00:00Z'
browse
told 'binary'
mkdir -p drafts
head -c 50000000 /dev/zero | tr '\0' 'x' >drafts/a.md
git add -A
git commit -q -m huge
browse 'log a' 'life a' 'blame a'
put 'one [x] two again\n' '2026-01-06T10:00:00Z'
browse 'log a' 'life a' 'blame a' 'audit a HEAD~1..HEAD' 'progress a'
run adref diff HEAD~1:a a
expect_status 1
run adref life a
expect_status 0
expect_err_has 'cannot be shown'
run adref log a
[ "$(grep -c '^20' "$T/out")" = 5 ] || fail 'not every version' "$T/out"

it 'browses a draft that was a link and a folder once'
repository
put 'one [x / y] two\n' '2026-01-02T10:00:00Z'
rm drafts/a.md
ln -s /etc/passwd drafts/a.md
git add -A
git commit -q -m link
rm drafts/a.md
mkdir drafts/a.md
echo x >drafts/a.md/x
git add -A
git commit -q -m folder
rm -r drafts/a.md
put 'one [x / y] two again\n' '2026-01-04T10:00:00Z'
browse
grep -aq root: "$T/said" "$T/out" && fail 'it followed a link'
:

it 'says that nothing is committed yet, and what to do, where there is no past'
repository
mkdir drafts
echo 'a [b]' >drafts/a.md
for call in 'blame a' 'diff HEAD:a a' 'diff IRM-1:a a' 'audit a HEAD~1..HEAD' 'life a' 'progress a' 'restore --from HEAD a'; do
	# shellcheck disable=SC2086
	run adref $call
	expect_status 3
	expect_one_line
	expect_err_has 'nothing is committed yet; "adref commit NAME"'
done
run adref log a
expect_err_has 'nothing of it is committed'

# SPDX-License-Identifier: MIT
# The workbench on a history with everything that histories come with: its views open, say what they cannot show, and
# go on.
. "$ADREF_SOURCE/tests/e2e/lib.sh"

# put FILE TEXT DATE MESSAGE
put() {
	printf '%b' "$2" >"drafts/$1.md"
	git add -A
	GIT_AUTHOR_DATE="$3" GIT_COMMITTER_DATE="$3" git commit -q -m "$4"
}

# A clone of eight commits deep: a merge of a branch that renamed the draft, a binary version, one that deleted it, a
# text that is missing, an author who sends commands to the terminal, days in 1970 and 2038.
odd_history() {
	git init -q -b main first && cd first || exit 1
	git config user.name Somebody && git config user.email somebody@example.org
	mkdir drafts
	put a 'cut [off / away] here\n' '@0 +0000' 'cut off'
	put a 'one [x / y] two three four\n\nfive six seven\n\neight nine ten\n' '@86400 +0000' begun
	git checkout -q -b side
	git mv drafts/a.md drafts/b.md
	GIT_AUTHOR_DATE='@90000 +0000' GIT_COMMITTER_DATE='@90000 +0000' git commit -q -m renamed
	git checkout -q main
	put a 'one [x / y / z] two three four\n\nfive six seven\n\neight nine ten\n' '@95000 +0000' 'an option'
	GIT_AUTHOR_DATE='@99000 +0000' GIT_COMMITTER_DATE='@99000 +0000' git merge -q -m merged side
	put b 'one \000\001\377 two\n' '2026-01-03T10:00:00Z' binary
	put b 'one [x / y / z] two three four\n\nmissing words\n\neight nine [ten]\n' '2026-01-04T10:00:00Z' 'text again'
	git rm -q drafts/b.md && mkdir -p drafts
	GIT_AUTHOR_DATE='2026-01-05T10:00:00Z' GIT_COMMITTER_DATE='2026-01-05T10:00:00Z' git commit -q -m deleted
	GIT_AUTHOR_NAME="$(printf 'E\033[31mvil\302\233\342\200\256 %%s%%n')"
	export GIT_AUTHOR_NAME
	put b 'one [x / y / z] two three four\n\nfive six seven now\n\neight nine [ten]\n' '2026-01-06T10:00:00Z' 'made again'
	put b 'one [x / y / z] two three\n\nfive six seven now\n\neight nine ten\n' '@2147483648 +1400' "$(printf 'late \033]0;x\007%%n')"
	unset GIT_AUTHOR_NAME
	cd .. && git clone -q --depth 8 "file://$PWD/first" second && cd second || exit 1
	git config user.name Somebody && git config user.email somebody@example.org
	mv .git/objects/pack/*.pack ../pack && rm -f .git/objects/pack/* && git unpack-objects -q <../pack
	blob=$(git rev-parse HEAD~3:drafts/b.md)
	rm -f "$(printf '.git/objects/%.2s/%s' "$blob" "${blob#??}")"
}

it 'opens its views on a history that has everything'
odd_history
open_screen 120x30 adref
see 'b '
keys l
see 'late'
see 'made again'
see 'deleted'
see 'binary'
see 'merged'
see '2038-01-19'
see '1970-01-02'
see 'shallow'
see 'E␛[31mvil'
keys Enter
see 'words went'
keys q
see 'made again'
keys Down Enter
see 'new'
keys q
# The text that this one took away is missing.
see 'binary'
keys Down Enter
see 'cannot be'
keys L
see 'points'
see 'things are not shown, first: '
keys End Enter
see 'life of'
keys q q
see 'renamed'
keys P
see 'progress'
see 'things are not shown, first: '
keys q
see 'renamed'
keys q
see '1 draft'
keys Enter
see 'eight nine'
keys M-b
see '2026-01-06'
keys q
see 'eight nine'
keys C-q
see '1 draft'
keys q
ends 0

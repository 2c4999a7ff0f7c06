# SPDX-License-Identifier: MIT
. "$ADREF_SOURCE/tests/cli/lib.sh"

# put NAME TEXT
put() {
	mkdir -p drafts
	printf '%b' "$2" >"drafts/$1.md"
	git add -A
	git commit -q -m 'a version'
}

it 'brings back a whole draft, by a new commit'
repository
put a 'one\n\ntwo [x / y]\n\nthree\n'
put a 'one\n\ntwo x\n\nthree and more\n'
git show HEAD~1:drafts/a.md >"$T/want"
run adref restore --from HEAD~1 --dry-run a
expect_status 0
expect_out_has '~ ¶ 2  two {+[+}x{+ / y]+}'
[ "$(commits)" = 2 ] || fail 'a dry run made a commit'
run adref restore --from HEAD~1 a
expect_status 0
expect_same "$T/want" drafts/a.md
[ "$(commits)" = 3 ] || fail 'not one new commit'
expect_clean
last_message >"$T/message"
expect_file_has "$T/message" 'a: restored from'
run adref restore --from HEAD a
expect_err_has 'nothing had to change'

it 'brings back one paragraph, where it stood'
repository
put a 'one\n\ntwo [x / y]\n\nthree\n\nfour\n'
put a 'one changed\n\nthree\n\nfour changed\n'
run adref restore --from HEAD~1 'a#2'
expect_status 0
expect_file drafts/a.md <<EOT
one changed

two [x / y]

three

four changed
EOT
run adref restore --from HEAD~2 'a#4'
expect_file_has drafts/a.md 'four'
expect_file_lacks drafts/a.md 'four changed'
expect_file_has drafts/a.md 'one changed'
run adref restore --from HEAD~2 'a#9'
expect_status 3
expect_one_line

it 'brings back one point, decided or reworded since'
repository
put a 'to hold [one / AFR: two]{#b1} meetings [a year]\n'
run adref resolve a 1 2
run adref resolve a 1 0
run adref restore --from HEAD~2 --point b1 a
expect_status 0
expect_file drafts/a.md <<EOT
to hold [one / AFR: two]{#b1} meetings
EOT
run adref restore --from HEAD~3 'a#nothing'
expect_status 3
expect_one_line
expect_err_has 'it has 2, by number or id'
run adref restore --from HEAD~3 'a#99'
expect_status 3
expect_err_has 'its last one is 1'

it 'brings back a draft that was deleted or renamed'
repository
put b 'other\n'
put a 'one\n'
git mv drafts/a.md drafts/c.md
git commit -q -m renamed
put c 'one more\n'
run adref restore --from HEAD~2 c
expect_status 0
expect_file drafts/c.md <<EOT
one
EOT
git rm -q drafts/b.md
git commit -q -m gone
run adref restore --from HEAD~1 b
expect_status 0
expect_out_has '{+other+}'
expect_file drafts/b.md <<EOT
other
EOT
expect_clean

it 'says what is missing'
repository
put a 'one\n'
run adref restore a
expect_status 2
run adref restore --from nothing a
expect_status 3
expect_one_line

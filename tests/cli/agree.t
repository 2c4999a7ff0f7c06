# SPDX-License-Identifier: MIT
. "$ADREF_SOURCE/tests/cli/lib.sh"

it 'says of a word that is no meeting and no day that it is none, and keeps it'
workspace
printf 'meetings:\n  - {code: IRM-3, dates: [2026-10-05, 2026-10-09]}\n' >drafts/meetings.yaml
run adref defer declaration 1 'wait for the budget' --until IRM-3
expect_status 0
expect_err_lacks 'no meeting'
run adref defer declaration 1 'wait for the budget' --until 2026-12-01
expect_status 0
expect_err_lacks 'no meeting'
run adref defer declaration 1 'wait for the budget' --until irm-3
expect_status 0
expect_err_has 'until irm-3: no meeting of drafts/meetings.yaml has that code, nor is it a day; did you mean IRM-3? It is kept as it stands'
run adref defer declaration 1 'wait for the budget' --until soon
expect_status 0
expect_err_has 'until soon: no meeting of drafts/meetings.yaml has that code, nor is it a day (2026-09-14); it is kept'
expect_file_has drafts/declaration/deferred.yaml 'until: soon'

it 'puts a point off with a reason, and takes it up again'
workspace
run adref defer declaration 1 'wait for the budget' --until IRM-3
expect_status 0
expect_clean
expect_file_has drafts/declaration/deferred.yaml 'reason: wait for the budget, until: IRM-3'
[ "$(commits)" = 2 ] || fail 'not one commit'
run adref defer --back declaration 1
expect_status 0
expect_clean
expect_file_lacks drafts/declaration/deferred.yaml 'wait for the budget'
run adref defer --back declaration 1
expect_status 3
expect_err_has 'not put off'

it 'wants a reason, and the name of a draft'
workspace
run adref defer declaration 1
expect_status 2
expect_err_has 'why?'
run adref defer drafts/declaration.md 1 because
expect_status 2

it 'keeps a reason that looks like YAML or like a terminal'"'"'s orders'
workspace
run adref defer declaration 1 "$(printf 'a: [b, "c" \033[31m # d')"
expect_status 0
run adref check declaration
expect_status 0
run adref defer declaration 2 'and one more'
expect_status 0

it 'notes that a paragraph is agreed, lists it, and tells when its wording changed'
workspace
run adref agree declaration
expect_status 0
expect_err_has 'no paragraph is agreed yet'
run adref agree declaration 8
expect_status 0
expect_clean
run adref agree declaration
expect_out_has '   8  Draft Montevideo declaration  (agreed IRM-1'
run adref agree declaration 8
expect_status 0
expect_err_has 'nothing had to change'
sed -i 's/^# Draft Montevideo declaration/# Draft Montevideo declaration, again/' drafts/declaration.md
run adref agree declaration
expect_out_has 'reopened'
run adref commit declaration
run adref agree --back declaration 8
expect_status 3
expect_err_has 'paragraph 8 is not agreed'

it 'agrees on no paragraph that is open, front matter or not there'
workspace
run adref agree declaration 1
expect_status 2
run adref agree declaration 99
expect_status 3
expect_err_has 'it has paragraphs 1 to'
run adref agree declaration x
expect_status 3
repository other && cd other || exit
draft x <<EOT
a [b] c
EOT
run adref agree x 1
expect_status 2
expect_err_has 'still has an open point'

it 'changes no file that is not YAML, and says which'
workspace
printf '[[[\n' >drafts/declaration/deferred.yaml 2>/dev/null || { mkdir drafts/declaration; printf '[[[\n' >drafts/declaration/deferred.yaml; }
cp drafts/declaration.md before
run adref defer declaration 1 because
expect_status 3
expect_one_line
expect_err_has 'drafts/declaration/deferred.yaml'
expect_file drafts/declaration/deferred.yaml <<EOT
[[[
EOT
expect_same before drafts/declaration.md

it 'leaves nothing behind where the commit is refused'
repository
draft x <<'EOT'
resolves

1) to meet;

2) to meet [again].
EOT
printf '#!/bin/sh\nexit 1\n' >.git/hooks/pre-commit
chmod +x .git/hooks/pre-commit
run adref trust
expect_status 0
for call in 'agree x 2' 'defer x 1 later'; do
	# shellcheck disable=SC2086
	run adref $call
	expect_status 3
	[ ! -e drafts/x ] || fail "adref $call left an empty folder"
	expect_clean
done

it 'notes all that several note at once'
repository
draft x <<'EOT'
1) to meet;

2) to talk;

3) to write;

4) to [sing]{#b1};
EOT
git add . && git commit -qm 'the text'
before=$(commits)
for i in 1 2 3; do
	adref agree x $i >/dev/null 2>"err-$i" &
done
adref defer x 1 later >/dev/null 2>err-4 &
wait
cat err-* >all
expect_file_lacks all 'read it again'
[ "$(commits)" = $((before + 4)) ] || fail "not four commits: $(commits)" all
for words in 'to meet' 'to talk' 'to write'; do
	expect_file_has drafts/x/agreed.yaml "$words"
done
expect_file_has drafts/x/deferred.yaml later
git status --porcelain drafts >status
[ ! -s status ] || fail 'the tree is not clean' status

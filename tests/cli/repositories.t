# SPDX-License-Identifier: MIT
. "$ADREF_SOURCE/tests/cli/lib.sh"

it 'begins where there is no commit yet'
git init -q -b main
git config user.name T && git config user.email t@example.org
mkdir drafts
echo 'a [b] c' >drafts/x.md
run adref status
expect_status 0
run adref resolve x 1 1
expect_status 3
expect_err_has 'never committed'
run adref commit x
expect_status 0
run adref resolve x 1 1
expect_status 0

it 'commits nothing on a detached HEAD, and says how to get back'
workspace
git checkout -q --detach
cp drafts/declaration.md "$T/before"
for call in 'resolve declaration 1 1' 'defer declaration 1 why' 'agree declaration 8'; do
	# shellcheck disable=SC2086
	run adref $call
	expect_status 3
	expect_one_line
	expect_err_has 'git switch main'
done
expect_same "$T/before" drafts/declaration.md
expect_clean

it 'commits nothing amid a merge'
workspace
git rev-parse HEAD >.git/MERGE_HEAD
run adref resolve declaration 1 1
expect_status 3
expect_one_line
expect_err_has 'merge'

it 'works in a shallow clone, and says where its history ends'
workspace full
git -C full commit -q --allow-empty -m more
git clone -q --depth 1 "file://$PWD/full" cut
cd cut || exit
git config user.name T && git config user.email t@example.org
run adref resolve declaration 1 1
expect_status 0
run adref undo declaration
expect_status 0
run adref undo declaration
expect_status 3
expect_err_has 'git fetch --unshallow'

it 'does not open what belongs to another user'
if [ "$(id -u)" = 0 ]; then
	workspace
	chown -R 65534 .
	run adref resolve declaration 1 1
	expect_status 3
	expect_one_line
	expect_err_has 'safe.directory'
	run adref brackets --count declaration
	expect_status 0
else
	skip 'needs root'
fi

it 'says that the index is locked, and loses nothing'
workspace
touch .git/index.lock
run adref resolve declaration 1 1
expect_status 0
expect_err_has 'index.lock'
[ "$(commits)" = 2 ] || fail 'not one commit'
rm .git/index.lock

it 'reads drafts where the repository is damaged'
workspace
find .git/objects -type f -exec rm -f {} +
run adref brackets --count declaration
expect_status 0
cp drafts/declaration.md "$T/before"
for call in 'resolve declaration 1 1' 'commit declaration' 'agree declaration 8'; do
	# shellcheck disable=SC2086
	run adref $call
	expect_status 3
	expect_one_line
	expect_err_has 'damaged'
	expect_err_has 'git fsck'
done
expect_same "$T/before" drafts/declaration.md
run adref status
expect_status 0
expect_out_has 'Montevideo'
expect_err_has 'This repository is damaged'

it 'tells a folder or a file that is missing from a damaged repository from one never committed'
for what in drafts drafts/declaration.md; do
	workspace "${what#*/}"
	cd "${what#*/}" || exit
	id=$(git rev-parse "HEAD:$what")
	rm -f "$(printf '.git/objects/%.2s/%s' "$id" "${id#??}")"
	echo 'one more' >>drafts/declaration.md
	run adref commit declaration
	expect_status 3
	expect_err_has 'damaged'
	expect_err_has 'git fsck'
	cd ..
done

it 'says in a bare repository what to do, whatever is asked'
git init -q --bare bare.git
cd bare.git || exit
for call in status 'resolve x 1 1' 'import ../x.txt' set trust log 'life x' agenda sync; do
	echo text >../x.txt
	# shellcheck disable=SC2086
	run adref $call
	expect_status 3
	expect_err_has 'make a clone with'
	expect_err_lacks 'adref init'
done

it 'says with the drafts what is unusual about the repository'
workspace full
git -C full commit -q --allow-empty -m more
git clone -q --depth 1 "file://$PWD/full" cut
cd cut || exit
run adref status
expect_status 0
expect_err_has 'This clone is shallow'
expect_out_has ' or before'
git checkout -q --detach
run adref status
expect_status 0
expect_err_has 'git switch main'

it 'says in a sha256 repository what cannot be done there, whatever is asked, and loses nothing'
if git init -q --object-format=sha256 -b main . 2>/dev/null; then
	git config user.name T && git config user.email t@example.org
	cp -R "$ADREF_SOURCE/drafts" .
	git add . && git commit -q -m first
	d=res-connectivity
	while read -r call; do
		# shellcheck disable=SC2086
		run adref $call </dev/null
		expect_status 3
		expect_one_line
		expect_err_has 'a sha256 repository (extensions.objectformat)'
	done <<-EOT
		init
		init --no-drivers .
		resolve $d 1 1
		undo $d
		defer $d 1 later
		agree $d 3
		replace $d connection link
		commit $d -m why
		log
		log $d
		life $d
		progress $d
		restore --from HEAD --yes $d
		blame $d
		audit $d HEAD..HEAD
		diff HEAD:drafts/$d.md drafts/$d.md
		consolidate $d
		position $d 1 AFR supports 1
		set --here role chair
		verify
		trust
		sync
		git-setup
	EOT
	run adref status # what it can do, it does
	expect_status 0
	expect_one_line
	expect_err_has 'a sha256 repository'
	expect_out_has 'res-connectivity'
	for call in "brackets $d" "check $d" "compare $d" "project --as EUR $d" "positions $d" agenda overlap; do
		# shellcheck disable=SC2086
		run adref $call
		expect_status 0
	done
	expect_clean
	echo 'A text.' >text.txt
	run adref import --yes text.txt
	expect_status 0
	expect_err_lacks 'adref commit'
	rm text.txt drafts/text.md
	[ ! -e .git/adref ] || fail 'something was left in .git'
	[ "$(git log --format=%s)" = first ] || fail 'something was committed'
fi

it 'lets one of several who decide at once, and tells the others'
workspace
for i in 1 2 3 4; do
	adref resolve declaration 1 1 >"out$i" 2>&1 &
done
for i in 1 2 3 4; do
	adref resolve res-reunions b3f2a 1 >"other$i" 2>&1 &
done
wait
rm -f all
cat out? other? >"$T/all"
rm -f out? other?
ran='eight at once'
[ "$(grep -c 'decided:' "$T/all")" = "$(($(commits) - 1))" ] || fail 'not a commit a decision' "$T/all"
[ "$(commits)" -ge 3 ] || fail 'too few decisions' "$T/all"
if grep -v 'decided:\|committed as\|it stood in\|have new numbers\|meanwhile\|no point has the id' "$T/all"; then fail 'something else was said' "$T/all"; fi
expect_clean
run git fsck --strict
expect_status 0

it 'keeps the draft whole on a disk that fills up'
if [ "$(id -u)" = 0 ] && unshare -m true 2>/dev/null; then
	mkdir small
	cat >fill.sh <<'EOT'
mount -t tmpfs -o size=600k none small && cd small || exit 77
git init -q -b main && rm -rf .git/hooks
git config user.name T && git config user.email t@example.org
mkdir drafts && cp "$ADREF_SOURCE/drafts/res-reunions.md" drafts
git add . && git commit -q -m begin
for room in 0 4 8 12 16 20 24 28; do
	cp drafts/res-reunions.md /tmp/adref-before.$$ || exit 1
	head -c 620000 /dev/zero >fill 2>/dev/null
	truncate -s -${room}k fill
	if "$ADREF" resolve res-reunions 1 1; then
		rm fill
		git diff --quiet HEAD -- drafts || echo "room $room: decided and not committed"
	else
		rm fill
		cmp /tmp/adref-before.$$ drafts/res-reunions.md || echo "room $room: the draft changed"
	fi
done
rm -f /tmp/adref-before.$$
"$ADREF" resolve res-reunions 1 1 2>/dev/null || echo 'no decision afterwards'
git fsck --strict >/dev/null 2>&1 || echo 'the repository is damaged'
EOT
	run unshare -m sh fill.sh
	if [ "$status" = 77 ]; then skip 'cannot mount'; else expect_out </dev/null; fi
else
	skip 'needs root and unshare'
fi

# killed_deciding: a decision with its file written and nothing committed, in this working tree.
killed_deciding() {
	where=$(git rev-parse --git-path hooks)
	mkdir -p "$where"
	printf '#!/bin/sh\nkill -9 $PPID\nsleep 0.1\n' >"$where/pre-commit"
	chmod +x "$where/pre-commit"
	adref trust >/dev/null 2>&1
	adref resolve declaration 1 1 >/dev/null 2>&1
	rm "$where/pre-commit"
}

it 'finishes in a linked working tree what was cut short there, before the draft is read'
workspace full
git -C full worktree add -q ../side -b side
cd side || exit
git config user.name T && git config user.email t@example.org
killed_deciding
[ -e "$(git rev-parse --git-path adref)/decision" ] || fail 'no note is left'
run adref brackets --count declaration
expect_status 0
expect_err_has 'finished what was cut short: declaration: point 1 decided'
expect_clean
[ "$(git log -1 --format=%s side)" != "$(git log -1 --format=%s main)" ] || fail 'it is not on its branch'

it 'does not finish on another branch what was cut short'
workspace
git switch -q -c other && git switch -q -
killed_deciding
git switch -q other
run adref brackets --count declaration
expect_status 0
expect_err_has 'another branch is checked out now: it was not committed'
[ "$(git rev-list --all --count)" = 1 ] || fail 'it is committed'

# SPDX-License-Identifier: MIT
. "$ADREF_SOURCE/tests/cli/lib.sh"
# A repository from a stranger: nothing that it names runs before it is trusted, nothing is written outside of it.

# A program that leaves word that it ran; every key and hook of git that runs one names it.
# $1: --worktree: in the configuration of the working tree's own.
evil() {
	in=${1:---local}
	repository
	mkdir -p drafts/x
	printf '# T\n\n1) a [b / c]{#b1} d\n' >drafts/x.md
	printf '# T\n\n1) a e d\n' >drafts/x/AFR.md
	git add -A && git commit -q -m one
	printf '# T\n\n1) a [b / c]{#b1} d, and more\n' >drafts/x.md
	git commit -q -a -m two
	printf '#!/bin/sh\necho "$0 $*" >>"%s"\n' "$T/ran" >"$T/evil"
	chmod +x "$T/evil"
	for hook in pre-commit commit-msg post-commit post-checkout pre-push post-merge reference-transaction prepare-commit-msg \
		post-index-change post-rewrite pre-rebase pre-auto-gc sendemail-validate; do
		ln -sf "$T/evil" ".git/hooks/$hook"
	done
	[ "$in" = --local ] || git config extensions.worktreeConfig true
	for key in core.fsmonitor core.sshCommand core.pager core.editor core.askPass core.gitProxy core.alternateRefsCommand \
		diff.external credential.helper gpg.program gpg.ssh.program gpg.ssh.defaultKeyCommand sequence.editor pager.log \
		pager.diff pager.fetch merge.adref.driver diff.adref.textconv diff.adref.command filter.e.clean filter.e.smudge \
		filter.e.process alias.status alias.log alias.fetch alias.push trailer.e.command interactive.diffFilter \
		remote.origin.uploadpack remote.origin.receivepack uploadpack.packObjectsHook; do
		git config "$in" "$key" "$T/evil"
	done
	git config "$in" core.hooksPath "$PWD/.git/hooks"
	git config "$in" log.showSignature true
	git config "$in" commit.gpgSign true
	git config "$in" protocol.ext.allow always
	git config "$in" remote.origin.url "ext::$T/evil %S"
	git config "$in" remote.origin.fetch '+refs/heads/*:refs/remotes/origin/*'
	git config "$in" branch.main.remote origin
	git config "$in" branch.main.merge refs/heads/main
	git config "$in" "url.ext::$T/evil .insteadOf" 'https://'
	printf '* filter=e diff=adref merge=adref text\n' >.gitattributes
	rm -f "$T/ran"
}

expect_nothing_ran() {
	[ -e "$T/ran" ] || return 0
	fail "$ran: ran what the repository names" "$T/ran"
	rm -f "$T/ran"
}

it 'runs nothing that an untrusted repository names'
evil
for call in status 'status --json' 'brackets x' 'check x' log 'log x' 'log --json x' 'life x' 'progress x' 'blame x' \
	'audit x HEAD~1..HEAD' 'diff HEAD~1:x x' 'compare x' 'overlap x' 'consolidate x' 'project --as AFR x' 'positions x' \
	agenda 'report x' 'resolve x 1 1' 'undo x' 'commit x -m z' 'restore --from HEAD~1 --yes x' 'defer x 1 y' 'agree x 3' \
	'position x 1 AFR opposes 1' 'verify HEAD~1..HEAD' 'export --format txt --output - x' sync; do
	# shellcheck disable=SC2086
	run timeout 60 "$ADREF" $call </dev/null
	[ "$status" -le 3 ] || fail "$call: status $status" "$T/err"
	expect_nothing_ran
done

it 'runs nothing that the configuration of a working tree names'
evil --worktree
for call in status 'log x' 'blame x' 'diff HEAD~1:x x' 'audit x HEAD~1..HEAD' 'resolve x 1 1' 'commit x -m z' 'verify HEAD~1..HEAD' \
	sync; do
	# shellcheck disable=SC2086
	run timeout 60 "$ADREF" $call </dev/null
	[ "$status" -le 3 ] || fail "$call: status $status" "$T/err"
	expect_nothing_ran
done
git status >"$T/out" 2>&1
[ -e "$T/ran" ] || fail 'git runs none of it either: the case proves nothing'
rm -f "$T/ran"

it 'can be seen to: a trusted one runs its hooks'
evil
git config --unset commit.gpgSign
run adref trust
run adref resolve x 1 1
[ -e "$T/ran" ] || fail 'no hook ran: the case before proves nothing' "$T/err"

it 'writes nothing through links that lead out'
repository
mkdir "$T/outside" drafts
printf 'a [b / c] d\n' >"$T/outside/y.md"
cp "$T/outside/y.md" "$T/before"
ln -s "$T/outside/y.md" drafts/y.md
ln -s "$T/outside" drafts/z
printf '# T\n\n1) a [b / c]{#b1} d\n' >drafts/z.md
git add -A && git commit -q -m links
for call in 'resolve y 1 1' 'commit y' 'position z 1 AFR opposes 1' 'agree z 3' 'defer z 1 why' 'undo y' 'consolidate z'; do
	# shellcheck disable=SC2086
	run adref $call
	[ "$status" -le 3 ] || fail "$call: status $status" "$T/err"
	expect_same "$T/before" "$T/outside/y.md"
	[ "$(ls -A "$T/outside")" = y.md ] || fail "$call: wrote outside: $(ls -A "$T/outside")"
done
rm -rf drafts && ln -s "$T/outside" drafts
for call in status 'resolve y 1 1' 'commit y' 'agree y 1'; do
	# shellcheck disable=SC2086
	run adref $call
	expect_same "$T/before" "$T/outside/y.md"
	[ "$(ls -A "$T/outside")" = y.md ] || fail "$call: wrote outside through drafts: $(ls -A "$T/outside")"
done

it 'reads lists of any size and depth in bounded time and memory'
repository
mkdir -p drafts/x
printf '# T\n\n1) a [b / c]{#b1} d\n' >drafts/x.md
git add -A && git commit -q -m x
lists() {
	case $1 in
	anchors) awk 'BEGIN { print "b0: &b0 [x, x, x, x, x, x, x, x]"; for (i = 1; i < 40; i++) printf "b%d: &b%d [*b%d, *b%d]\n", i, i, i - 1, i - 1 }' ;;
	deep) awk 'BEGIN { for (i = 0; i < 400000; i++) printf "[" }' ;;
	maps) awk 'BEGIN { for (i = 0; i < 200000; i++) printf "a: {" }' ;;
	items) awk 'BEGIN { for (i = 0; i < 300000; i++) print "-" }' ;;
	quotes) awk 'BEGIN { for (i = 0; i < 500000; i++) printf "\"" }' ;;
	keys) awk 'BEGIN { for (i = 0; i < 90000; i++) printf "k%d: v\n", i }' ;;
	asks) awk 'BEGIN { for (i = 0; i < 250000; i++) printf "? " }' ;;
	esac
}
for what in anchors deep maps items quotes keys asks huge; do
	for file in drafts/x/AFR.positions.yaml drafts/regions.yaml drafts/meetings.yaml drafts/x/agreed.yaml; do
		if [ "$what" = huge ]; then truncate -s 1G "$file"; else lists "$what" >"$file"; fi
		for call in status 'positions x' 'check x'; do
			# Seconds of the processor: the clock says more of the machine than of the program.
			run sh -c "ulimit -t $((2 * ${SLOW:-1})); exec timeout 120 \"\$ADREF\" $call"
			[ "$status" -le 3 ] || fail "$what in $file: $call: status $status" "$T/err"
		done
		rm -f "$file"
	done
done

it 'runs no program of a remote that is a folder, and none under a name that git would cut'
repository
rm -f "$T/ran"
mkdir drafts
printf 'a [b / c] d\n' >drafts/x.md
git add -A && git commit -q -m x
git clone -q --bare . "$T/hub.git"
git remote add origin "$T/hub.git"
git fetch -q origin
printf '#!/bin/sh\necho "$0 $*" >>"%s"\n' "$T/ran" >"$T/evil"
chmod +x "$T/evil"
run adref resolve x 1 1
refused() {
	run adref sync
	expect_status 3
	expect_err_has "$1"
	expect_nothing_ran
}
cp "$T/evil" "$T/hub.git/hooks/pre-receive"
refused 'names programs of its own (pre-receive)'
git remote set-url --push origin "file://$T/hub"
refused 'names programs of its own (pre-receive)'
git remote set-url --push origin "$T/hub.git"
rm "$T/hub.git/hooks/pre-receive"
mkdir "$T/hooks" && cp "$T/evil" "$T/hooks/update"
git -C "$T/hub.git" config core.hooksPath "$T/hooks"
refused 'names programs of its own'
git -C "$T/hub.git" config --unset core.hooksPath
git -C "$T/hub.git" config core.alternateRefsCommand "$T/evil"
refused '(core.alternaterefscommand)'
git -C "$T/hub.git" config --unset core.alternateRefsCommand
printf '* filter=a=b\n' >.git/info/attributes
git config filter.a=b.clean "$T/evil"
refused 'with = in it'
git config --unset filter.a=b.clean
run adref sync
expect_status 0
cp "$T/evil" "$T/hub.git/hooks/post-receive"
run adref trust
run adref undo x
run adref sync
expect_status 0
[ -e "$T/ran" ] || fail 'no hook ran: the case before proves nothing' "$T/err"

it 'runs no program that the configuration of a submodule names'
repository
rm -f "$T/ran"
mkdir drafts
printf '1) a [b / c] d\n' >drafts/x.md
git init -q -b main sub
printf '* filter=e\n' >sub/.gitattributes
printf 'a\n' >sub/f
named() { git -c user.name=T -c user.email=t@example.org "$@"; }
git -C sub add -A && named -C sub commit -q -m s
printf '[submodule "sub"]\n\tpath = sub\n\turl = ./none\n\tignore = none\n' >.gitmodules
git add -A 2>"$T/err" && git commit -q -m x
rm -rf "$T/modules.git" "$T/other"
git clone -q --bare . "$T/modules.git"
git remote add origin "$T/modules.git"
git fetch -q origin
git clone -q "$T/modules.git" "$T/other"
printf '1) a [b / c] d\n\n2) two\n' >"$T/other/drafts/x.md"
named -C "$T/other" commit -q -a -m two && git -C "$T/other" push -q
printf '1) an a [b / c] d\n' >drafts/x.md
git commit -q -a -m one
git config submodule.sub.ignore none
git -C sub config filter.e.clean "$T/evil"
git -C sub config core.fsmonitor "$T/evil"
touch -d '2001-01-01' sub/f
run adref sync
expect_status 0
expect_nothing_ran
git status --porcelain >"$T/out" 2>&1
[ -e "$T/ran" ] || fail 'git runs it not either: the case proves nothing'

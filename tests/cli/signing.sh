# shellcheck shell=sh
# SPDX-License-Identifier: MIT
#
# What the cases on signatures share: keys, a repository with signed positions, and forgeries.
. "$ADREF_SOURCE/tests/cli/lib.sh"

# Each `refused` is a forgery, each `holds` a good record.

if ! command -v ssh-keygen >/dev/null 2>&1; then
	it 'checks signatures'
	skip 'needs ssh-keygen'
	exit
fi

for key in afr eur chair chair2 sec eve; do
	ssh-keygen -q -t ed25519 -N '' -C "The $key" -f "$T/$key"
done
key() { cut -d' ' -f1,2 "$T/$1.pub"; }

mkdir -p "$HOME/.config/adref"
printf 'sign: on\n' >"$HOME/.config/adref/settings.yaml"

# list: the keys of everybody, as drafts/signers has them
list() {
	printf 'AFR,afr@example.org %s Amina\nEUR %s Elsa\n' "$(key afr)" "$(key eur)"
	printf 'chair namespaces="git" %s The chair\nsecretariat %s\n' "$(key chair)" "$(key sec)"
}

# by KEY: who signs from now on
by() { git config user.signingkey "$T/$1"; }

# says STANCE…: Africa's position on b1, signed
says() { adref position talk b1 AFR "$@" 2>"$T/said" || fail "position $*" "$T/said"; }

(
	repository "$T/base"
	cd "$T/base" || exit
	git config gpg.format ssh
	mkdir drafts
	printf 'We hold [one / two]{#b1} meetings [soon / late]{#b2} and [rest]{#b3}.\n' >drafts/talk.md
	printf 'They hold [one / two]{#b1} too.\n' >drafts/other.md
	list >drafts/signers
	git add .
	git commit -q -m first
	git tag pin
	by afr
	says supports 1 --strength prefers --source A/1 --meeting M1 --date 2026-01-01 --note 'as read'
	git tag one
	says supports 2 --strength prefers --source A/1 --meeting M1 --date 2026-01-01 --note 'as read'
	git tag two
)
PIN=$(git -C "$T/base" rev-parse pin)

# start [REV]: the base as a repository of its own
start() {
	rm -rf "$T/work"
	cp -R "$T/base" "$T/work"
	cd "$T/work" || exit 3
	git reset -q --hard "${1-two}"
}

# holds WORDS: nothing is wrong, and the answer has the words
holds() {
	run adref verify --pin "$PIN"
	expect_status 0
	expect_out_has "${1-signed }"
	[ -z "$case_failed" ] || cat "$T/out"
}

# refused WORDS: something is wrong, and the answer says so; then the base is there again
refused() {
	run adref verify --pin "$PIN" ${2+"$2"}
	expect_status 1
	expect_out_has "$1"
	git reset -q --hard two
}

# edited FILE SED: a file is changed by hand and committed, by nobody's key
edited() {
	sed -i "$2" "$1"
	git commit -q -a -m edited
}

positions=drafts/talk/AFR.positions.yaml
signatures=drafts/talk/AFR.signatures.yaml

# relist SED KEY: drafts/signers changed by a commit that KEY signs (none: nobody)
relist() {
	sed -i "$1" drafts/signers
	if [ -n "${2-}" ]; then
		git -c user.signingkey="$T/$2" commit -q -a -S -m 'other keys'
	else
		git commit -q -a -m 'other keys'
	fi
}

# forged SED: the last commit's bytes, changed
forged() {
	git cat-file commit HEAD | sed "$1" >"$T/bytes"
	git reset -q --soft "$(git hash-object -t commit -w --literally --stdin <"$T/bytes")"
}

# shellcheck shell=sh
# SPDX-License-Identifier: MIT
#
# What every test written as a shell script (*.t) uses. A script reads this file
# first, through tests/cli/lib.sh or tests/e2e/lib.sh, and then tells its cases:
#
#     it 'prints its version'          a case begins, in an empty folder of its own
#     run adref --version              runs a command, keeps what it says
#     expect_status 0                  one or more expectations; all must hold
#     expect_out_has 'adref '
#
# A case that meets no failed expectation passes. Results are printed as TAP for
# tests/tools/run; a single script can be run by hand:
#
#     make && ADREF=build/adref sh tests/cli/version.t

set -u
: "${ADREF_SOURCE:=$(pwd)}"
: "${ADREF:=$ADREF_SOURCE/build/adref}"
case $ADREF in /*) ;; *) ADREF=$ADREF_SOURCE/$ADREF ;; esac
export ADREF ADREF_SOURCE

# By hand, outside tests/tools/run, the user's configuration must not count either.
LC_ALL=C.UTF-8 TZ=UTC GIT_CONFIG_NOSYSTEM=1 GIT_CONFIG_SYSTEM=/dev/null
export LC_ALL TZ GIT_CONFIG_NOSYSTEM GIT_CONFIG_SYSTEM
unset LANGUAGE GIT_CONFIG_GLOBAL XDG_CONFIG_HOME XDG_CACHE_HOME XDG_STATE_HOME XDG_DATA_HOME NO_COLOR VISUAL EDITOR

T=$(mktemp -d "${TMPDIR:-/tmp}/adref-t.XXXXXX")
HOME=$T/home
mkdir "$HOME"
export HOME T

cases=0
case_name=
case_failed=
cleanup_hook=:

# adref itself, as a command of the scripts.
adref() { "$ADREF" "$@"; }

case_ends() {
	[ -n "$case_name" ] || return 0
	if [ -n "$case_failed" ]; then echo "not ok $cases - $case_name"; else echo "ok $cases - $case_name"; fi
	case_name=
}

it() {
	case_ends
	cases=$((cases + 1))
	case_name=$1
	case_failed=
	mkdir "$T/case-$cases"
	cd "$T/case-$cases" || exit 3
}

# skip WHY: the case cannot be tried here.
skip() {
	echo "ok $cases - $case_name # SKIP $1"
	case_name=
}

# fail WHAT [FILE...]: the case has failed; WHAT and the files say how.
fail() {
	case_failed=yes
	echo "# $1"
	shift
	for f; do sed 's/^/#   /' "$f"; done
}

# The folder of real texts (make test MATERIAL=DIR), or the case is skipped:
#     if material corpus/x.md; then … fi
material() {
	[ -n "${ADREF_MATERIAL-}" ] && [ -e "$ADREF_MATERIAL/$1" ] && return 0
	skip "needs $1 (make test MATERIAL=DIR)"
	return 1
}

# git as a person somewhere else would use it: git_as 'Amina Diallo' commit …
git_as() {
	who=$1 && shift
	mail=$(printf '%s' "$who" | tr 'A-Z ' 'a-z.')@example.org
	GIT_AUTHOR_NAME=$who GIT_AUTHOR_EMAIL=$mail GIT_COMMITTER_NAME=$who GIT_COMMITTER_EMAIL=$mail git "$@"
}

# repository [DIR]: an empty repository, with an author of its own.
repository() {
	dir=${1:-.}
	git init -q -b main "$dir"
	git -C "$dir" config user.name 'Test Rapporteur'
	git -C "$dir" config user.email rapporteur@example.org
}

# workspace [DIR]: a repository with the example drafts, committed.
workspace() {
	dir=${1:-.}
	repository "$dir"
	cp -R "$ADREF_SOURCE/drafts" "$dir/drafts"
	git -C "$dir" add drafts
	git -C "$dir" commit -q -m 'Texts before the conference'
}

the_end() {
	status=$?
	trap - EXIT
	# A script that stopped half-way has failed the case it was in.
	if [ $status != 0 ] && [ -n "$case_name" ]; then fail "the script stopped with status $status"; fi
	case_ends
	$cleanup_hook
	cd /
	rm -rf "$T"
	exit $status
}
trap the_end EXIT
trap 'exit 130' INT TERM HUP

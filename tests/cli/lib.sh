# shellcheck shell=sh
# SPDX-License-Identifier: MIT
#
# Cases of the command line: run a command, then say what must have come of it.
#
#     run adref brackets - <<EOT       standard input as usual
#     expect_status 0
#     expect_out <<EOT                 the whole of standard output, to the byte
#     expect_out_has 'words'           a line holds these words (not a pattern)
#     expect_out_lacks 'words'
#     expect_err / _has / _lacks       the same for standard error
#     expect_file NAME <<EOT           the whole of a file
#     expect_same FILE FILE            two files with the same bytes
#
# The last command's output stays in $T/out and $T/err, its exit status in $status.
. "$ADREF_SOURCE/tests/lib.sh"

run() {
	status=0
	ran="$*"
	"$@" >"$T/out" 2>"$T/err" || status=$?
	# A sanitiser's report is a failure whatever the case expects.
	if grep -qE '(Address|Leak)Sanitizer|runtime error:' "$T/err"; then fail "sanitiser: $ran" "$T/err"; fi
	if [ "$status" -gt 128 ]; then fail "$ran: killed by signal $((status - 128))" "$T/err"; fi
}

expect_status() {
	[ "$status" = "$1" ] || fail "$ran: exit status $status, expected $1" "$T/out" "$T/err"
}

same_text() { # WHAT FILE, the expected text on standard input
	cat >"$T/expected"
	cmp -s "$T/expected" "$2" && return
	diff -a -u --label expected --label "$1" "$T/expected" "$2" >"$T/difference"
	fail "$ran: $1 is not what was expected" "$T/difference"
}

expect_out() { same_text 'standard output' "$T/out"; }
expect_err() { same_text 'standard error' "$T/err"; }
expect_file() { same_text "$1" "$1"; }

has() { # WHAT FILE WORDS
	grep -aqF -e "$3" "$2" || fail "$ran: $1 lacks: $3" "$2"
}
lacks() {
	if grep -aqF -e "$3" "$2"; then fail "$ran: $1 has: $3" "$2"; fi
}
expect_out_has() { has 'standard output' "$T/out" "$1"; }
expect_out_lacks() { lacks 'standard output' "$T/out" "$1"; }
expect_err_has() { has 'standard error' "$T/err" "$1"; }
expect_err_lacks() { lacks 'standard error' "$T/err" "$1"; }
expect_file_has() { has "$1" "$1" "$2"; }
expect_file_lacks() { lacks "$1" "$1" "$2"; }

expect_same() {
	cmp -s "$1" "$2" && return
	diff -a -u "$1" "$2" >"$T/difference"
	fail "$1 and $2 differ" "$T/difference"
}

# expect_raw_free: nothing in the last command's output could move a cursor, hide or reorder text.
expect_raw_free() {
	for stream in out err; do
		if LC_ALL=C grep -aqP '[\x00-\x08\x0b-\x1f\x7f]|\xc2[\x80-\x9f]|\xe2\x80[\x8b\x8e\x8f\xaa-\xae]|\xe2\x81[\xa0-\xaf]|[\xf5-\xff]' "$T/$stream"; then
			cat -v "$T/$stream" >"$T/raw"
			fail "$ran: raw controls in std$stream" "$T/raw"
		fi
	done
}

# expect_one_line: what went wrong is told in one line, by adref.
expect_one_line() {
	[ "$(wc -l <"$T/err")" = 1 ] && grep -aq '^adref: ' "$T/err" && return
	fail "$ran: not one line from adref" "$T/err"
}

# draft NAME: a draft of the workspace here, from standard input, committed.
draft() {
	mkdir -p drafts
	cat >"drafts/$1.md"
	git add "drafts/$1.md"
	git commit -q -m "$1" "drafts/$1.md"
}

# last_message: the newest commit's message, without its blank end.
last_message() { git log -1 --format=%B | sed -e '${/^$/d}'; }

# commits: how many there are.
commits() { git rev-list --count HEAD; }

# clean: nothing in the tree or the index differs from the last commit.
expect_clean() {
	git status --porcelain >"$T/status"
	[ -s "$T/status" ] && fail "after $ran the tree is not clean" "$T/status"
	:
}

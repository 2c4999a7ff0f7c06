# shellcheck shell=sh
# SPDX-License-Identifier: MIT
#
# End-to-end runs: adref in a real terminal (a private tmux server), keys going
# in, the screen read back. Nothing sleeps for a while and hopes: every wait asks
# again until what it waits for is there, or gives up and shows the screen.
#
#     open_screen 80x24 adref          starts the command in a terminal of this size
#     keys C-s F7 Down Enter           keys, by tmux's names
#     typed 'Bonjour'                  text, letter by letter as a person types it
#     pasted 'Bonjour'                 text in one go, as a terminal pastes it
#     see 'words'                      waits until the screen has these words
#     see_not 'words'                  waits until it has them no more
#     screen                           prints the screen as text
#     resize 40x10                     changes the size of the terminal
#     ends 0                           waits until the program has ended, with this status
#     expect_log, expect_soon, …       at the end of this file
#
# All of tests/cli/lib.sh (run, expect_…) can be used besides.
. "$ADREF_SOURCE/tests/cli/lib.sh"

socket=$T/tmux
screens=0
patience=$((10 * ${SLOW:-1})) # seconds

cat >"$T/tmux.conf" <<CONF
set -g escape-time 0
set -g status off
set -g default-terminal ${E2E_TERM:-screen-256color}
CONF

tm() { tmux -S "$socket" -f "$T/tmux.conf" "$@"; }
end_tmux() { tm kill-server >/dev/null 2>&1 || :; }
cleanup_hook=end_tmux

# open_screen COLSxROWS COMMAND [ARG…]
open_screen() {
	size=$1
	shift
	end_tmux
	# A server that ends may still have its socket.
	screens=$((screens + 1))
	socket=$T/tmux-$screens
	[ "$1" != adref ] || { shift && set -- "$ADREF" "$@"; }
	rm -f "$T/ended"
	ran="$*"
	# A shell that quotes nothing: the words become one command, each quoted.
	command=
	for word; do command="$command '$(printf '%s' "$word" | sed "s/'/'\\\\''/g")'"; done
	# Its terminal outlives it: of one closed at once, tmux may lose what was last printed.
	tm new-session -d -x "${size%x*}" -y "${size#*x}" "$command; echo \$? >'$T/ended'; exec sleep 3600" \
		>"$T/tmux.log" 2>&1 ||
		fail 'tmux did not start' "$T/tmux.log"
}

keys() { tm send-keys "$@"; }
typed() { tm send-keys -l -- "$1"; }
pasted() {
	printf '%s' "$1" >"$T/pasted"
	tm load-buffer "$T/pasted"
	tm paste-buffer -p -d
}
screen() { tm capture-pane -p; }
resize() { tm resize-window -x "${1%x*}" -y "${1#*x}"; }

# until_true COMMAND…: asks again and again until it is true or patience ends.
until_true() {
	deadline=$(($(date +%s) + patience))
	until "$@"; do
		[ "$(date +%s)" -lt "$deadline" ] || return 1
		sleep 0.03
	done
}

on_screen() { screen 2>/dev/null | grep -qF -e "$1"; }
not_on_screen() { ! on_screen "$1"; }
show_screen() { screen 2>&1 | cat -s >"$T/screen" || :; }

see() {
	until_true on_screen "$1" && return
	show_screen
	fail "the screen never had: $1" "$T/screen"
}
see_not() {
	until_true not_on_screen "$1" && return
	show_screen
	fail "the screen still has: $1" "$T/screen"
}

is_dead() { [ -s "$T/ended" ]; }

# ends STATUS: the program has ended by itself.
ends() {
	if until_true is_dead; then
		status=$(cat "$T/ended")
		show_screen
		[ "$status" = "$1" ] || fail "$ran: exit status $status, expected $1" "$T/screen"
	else
		show_screen
		fail "$ran: still running" "$T/screen"
	fi
}

# The user is known, as a rule; a newcomer says: nobody_known.
user_known() {
	mkdir -p "$HOME/.config/adref"
	printf 'role: chair\nparty: EUR\n' >"$HOME/.config/adref/settings.yaml"
}
nobody_known() { rm -rf "$HOME/.config"; }
user_known

# drafted NAME: a draft in the workspace from standard input, committed.
drafted() {
	mkdir -p drafts
	cat >"drafts/$1.md"
	git add drafts
	git commit -q -m "$1: as it came"
}

# expect_log <<EOT: the subjects of all commits, the newest first.
expect_log() {
	git log --format=%s >"$T/log"
	same_text 'git log' "$T/log"
}
expect_clean() {
	git status --porcelain >"$T/status"
	[ ! -s "$T/status" ] || fail 'git status is not clean' "$T/status"
}
# Waits until a file has the words: what the program does may come after what it shows.
file_has() { grep -qF -e "$2" "$1" 2>/dev/null; }
expect_soon() { until_true file_has "$1" "$2" || fail "$1 never had: $2" "$1"; }
# The process of adref within the terminal.
child() {
	shell=$(tm display -p '#{pane_pid}')
	cut -d ' ' -f 1 "/proc/$shell/task/$shell/children"
}
# A mouse press and release at COLUMN ROW, from 1.
clicked() { typed "$(printf '\033[<0;%d;%dM\033[<0;%d;%dm' "$1" "$2" "$1" "$2")"; }

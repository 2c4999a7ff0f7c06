# SPDX-License-Identifier: MIT
# Completion for fish. The program itself knows its commands, options and drafts:
# `adref help --complete WORD...` prints what may stand for the last word, one a line.
complete -c adref -a '(set -l t (commandline -opc)[2..-1] (commandline -ct); adref help --complete -- $t 2>/dev/null)'

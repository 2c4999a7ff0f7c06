# SPDX-License-Identifier: MIT
# Completion for bash. The program itself knows its commands, options and drafts:
# `adref help --complete WORD...` prints what may stand for the last word, one a line.
_adref()
{
	local word=${COMP_WORDS[COMP_CWORD]} line
	COMPREPLY=()
	while IFS= read -r line; do
		[[ $line == "$word"* ]] && COMPREPLY+=("$line")
	done < <(adref help --complete -- "${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
}
complete -o default -F _adref adref

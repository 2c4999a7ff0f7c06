# SPDX-License-Identifier: MIT
#
# Takes step number `step` of tests/tools/demo-history back, in the current folder:
# added files go, and in "in FILE" each text after ">" becomes the one after "<".

/^@ / { n++; next }
n != step { next }
/^add / { system("rm -f -- 'drafts/" substr($0, 5) "'"); next }
/^in / { leave(); file = "drafts/" substr($0, 4); text = whole(file); next }
/^</ { old = unescape(substr($0, 3)); next }
/^>/ {
	new = unescape(substr($0, 3))
	at = index(text, new)
	if (!at || index(substr(text, at + 1), new)) {
		printf "%s: not there exactly once: %s\n", file, new >"/dev/stderr"
		bad = 1
	}
	text = substr(text, 1, at - 1) old substr(text, at + length(new))
	next
}
END { leave(); exit bad }

function unescape(s) { gsub(/\\n/, "\n", s); gsub(/\\t/, "\t", s); return s }

function whole(name,   line, all)
{
	while ((getline line <name) > 0) all = all line "\n"
	close(name)
	return all
}

function leave()
{
	if (file != "") {
		printf "%s", text >file
		close(file)
	}
	file = ""
}

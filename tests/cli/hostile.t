# SPDX-License-Identifier: MIT
. "$ADREF_SOURCE/tests/cli/lib.sh"
# Whatever is in a draft, a file name or a repository: one line of error, no crash, nothing raw.

hostile_text() {
	printf -- '---\ntitle: T\033]0;x\007\342\200\256\n---\n\n# H \033c\302\233\n\nconsidering\n\n'
	printf 'a) foo [x\033c\302\233 \342\200\256\342\200\213 / AFR: b\033c\377\376] [shall][should]\000 y\r\n\n'
	printf 'b) [open \033c\n\n[\none\342\201\246\n/\ntwo\033c\n]\n'
}

it 'shows a hostile draft, and never sends it'
repository
mkdir drafts
hostile_text >drafts/h.md
git add drafts
git_as "$(printf 'E\033cvil')" commit -q -m "$(printf 'S\033cubject \342\200\256x')"
for call in 'brackets h' 'brackets --json h' 'check h' 'check --json h' 'check --agreed h' status 'status --json' \
	'diff --all h h' 'resolve -n h 1 1' 'resolve -n h 2 1' 'resolve h 2 0' 'diff HEAD~1:h h' 'diff --json HEAD~1:h h' \
	'undo -n h' 'undo h' 'replace -n h foo bar' 'replace -nb h foo bar' 'renumber -n h' 'point split -n h 2' \
	'point unbracket -n h 1' 'point id -n h 1' 'point repair h 11:4' 'defer h 1 why' 'agree h 4' 'agree h 6' 'agree h' \
	'commit h' 'import --dry-run drafts/h.md' 'resolve h 9 9' 'resolve h 1 9'; do
	# shellcheck disable=SC2086
	run adref $call
	[ "$status" -le 3 ] || fail "$call: status $status"
	expect_raw_free
done
last_message >"$T/out"
: >"$T/err"
ran='the commit message'
expect_raw_free

it 'sends nothing raw to a terminal even where it prints a text as it is'
hostile_text >h.md
if command -v script >/dev/null 2>&1; then
	script -qec '"$ADREF" project --as base h.md; "$ADREF" resolve - 1 1 <h.md' /dev/null </dev/null 2>&1 | tr -d '\r' >"$T/out"
	: >"$T/err"
	ran='on a terminal'
	expect_out_has 'considering'
	expect_raw_free
else
	skip 'needs script'
fi

it 'keeps every byte where it prints a text to a file'
hostile_text >h.md
run adref replace - 'words that are nowhere' x <h.md
expect_status 0
expect_same h.md "$T/out"

it 'names hostile files safely'
repository
git commit -q --allow-empty -m x
mkdir drafts
for name in "$(printf 'a\033cb')" "$(printf 'a\nb')" "$(printf 'a\377b')" -rf '...' '.' "$(printf 'a\342\200\256b')"; do
	printf 'x [y\n' >"drafts/$name.md"
	run adref check "drafts/$name.md"
	expect_status 1
	expect_raw_free
	run adref brackets --json "drafts/$name.md"
	expect_status 0
	expect_raw_free
	run adref resolve "drafts/$name.md" 5 5
	expect_status 3
	expect_one_line
	expect_raw_free
	run adref brackets -- "$name"
	expect_status 3
	expect_one_line
	expect_raw_free
done
run adref status
expect_status 0
expect_raw_free

it 'waits for no pipe, and reads no folder, device or endless file'
workspace
mkfifo drafts/fifo.md
mkdir drafts/folder.md
ln -s /etc/passwd drafts/link.md
ln -s loop.md drafts/loop.md
truncate -s 300M huge.md
for name in drafts/fifo.md drafts/folder.md drafts/loop.md /dev/zero /dev/full huge.md nothing.md drafts/nothing.md; do
	for command in brackets check 'export --output -' 'import --dry-run'; do
		# shellcheck disable=SC2086
		run timeout 20 "$ADREF" $command "$name"
		expect_status 3
		expect_one_line
	done
done
for name in fifo folder link loop; do
	run adref resolve $name 1 1
	expect_status 3
	expect_one_line
done
run adref status
expect_status 0

it 'says why a draft cannot be read'
if [ "$(id -u)" != 0 ]; then
	echo x >x.md && chmod 000 x.md
	run adref brackets x.md
elif command -v setpriv >/dev/null 2>&1; then
	echo x >"$T/secret.md" && chmod 600 "$T/secret.md" && chmod 711 "$T"
	cd / || exit
	run setpriv --reuid 65534 --clear-groups "$ADREF" brackets "$T/secret.md"
else
	skip 'needs setpriv'
fi
if [ -n "$case_name" ]; then
	# Where the whole test folder is out of reach, that is what is said.
	expect_status 3
	expect_err_has 'ermission denied'
fi

it 'reads what is no text at all'
head -c 200000 "$ADREF" >x.md
for call in 'brackets x.md' 'brackets --json x.md' 'check x.md' 'project --as AFR x.md' 'diff x.md x.md' 'renumber -n x.md'; do
	# shellcheck disable=SC2086
	run timeout 20 "$ADREF" $call
	[ "$status" -le 1 ] || fail "$call: status $status" "$T/err"
done
run adref import --dry-run x.md
expect_status 3
expect_one_line
: >empty.md
run adref brackets empty.md
expect_out <<EOT
0 open points
EOT

it 'says when its output could not be written'
printf 'a [b] c\n' >x.md
run sh -c '"$ADREF" brackets x.md >/dev/full'
expect_status 3
expect_one_line
expect_err_has 'cannot write to standard output'
run sh -c '"$ADREF" brackets x.md >&-'
expect_status 3
expect_one_line
run sh -c '"$ADREF" brackets - <&-'
expect_status 3
expect_one_line
run sh -c '"$ADREF" brackets --json x.md 2>&- >/dev/null'
expect_status 0

it 'writes no message into a draft when its streams are closed'
printf 'a [b] c\n' >x.md
sh -c '"$ADREF" resolve x.md 1 1 <&- >&- 2>&-'
expect_file x.md <<EOT
a b c
EOT

it 'keeps the text where the disk or a limit ends'
printf 'a [b] c %s\n' "$(head -c 30000 /dev/zero | tr '\0' x)" >x.md
cp x.md before.md
run sh -c 'ulimit -f 8; "$ADREF" resolve x.md 1 1'
# A build that counts lines cannot write its counts here, and says so.
sed -i '/^profiling:/d' "$T/err"
expect_status 3
expect_one_line
expect_same before.md x.md

it 'takes a link for no draft, wherever it leads, and says so everywhere'
workspace
ln -s declaration.md drafts/link.md
git add drafts/link.md
git commit -q -m link
for command in 'brackets link' 'check link' 'resolve link 1 1' 'commit link' 'undo link' 'export link' 'status link' 'project --as AFR link' 'agree link 8'; do
	# shellcheck disable=SC2086
	run adref $command
	expect_status 3
	expect_err_has 'drafts/link.md: is a link to declaration.md'
	expect_one_line
done
run adref status
expect_status 0
expect_err_has 'drafts/link.md: is a link to declaration.md'
expect_out_lacks 'link  Montevideo'
run adref brackets --count drafts/link.md
expect_status 0
expect_clean

it 'says of a file what keeps it from being a draft: its name'
workspace
cp drafts/declaration.md 'drafts/Draft resolution 31.md'
cp drafts/declaration.md "drafts/$(printf 'ev\033[31mil').md"
run adref status
expect_status 0
expect_err_has "drafts/Draft resolution 31.md: rename it: a draft's name has letters, digits, - _ . only"
expect_err_has 'drafts/ev'
expect_err_lacks "$(printf '\033')"
long=$(printf '%0120d' 0)
cp drafts/declaration.md "drafts/$long.md"
cp drafts/declaration.md drafts/Declaration.md
run adref status
expect_status 0
expect_err_has "$long.md: rename it: a draft's name has 100 characters at most"
run adref check declaration
expect_status 1
expect_out_has 'drafts/declaration.md:1:1: rename it: on other systems it is the same file as Declaration.md'
run adref resolve "$long" 1 1
expect_status 3
expect_err_has '100 characters at most'

it 'prints no id that was not given'
workspace
printf '\n[new]\n' >>drafts/declaration.md
git commit -qam 'a new point'
: >".git/$(git symbolic-ref HEAD).lock"
run adref point id declaration 1
expect_status 3
expect_out </dev/null

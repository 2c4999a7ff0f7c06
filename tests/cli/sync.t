# SPDX-License-Identifier: MIT
. "$ADREF_SOURCE/tests/cli/lib.sh"
export GIT_AUTHOR_NAME='Test Rapporteur' GIT_AUTHOR_EMAIL=rapporteur@example.org
export GIT_COMMITTER_NAME='Test Rapporteur' GIT_COMMITTER_EMAIL=rapporteur@example.org

# shared ADDRESS: hub.git, bare, and two clones of it at the address, ours and theirs.
shared() {
	repository start
	mkdir -p start/drafts
	cat >start/drafts/res-1.md <<EOT
# Resolution

1) that Members shall report every year;

2) that the Council meets in one place,
EOT
	git -C start add -A && git -C start commit -qm start
	git clone -q --bare start hub.git
	git clone -q "${1:-$PWD/hub.git}" ours
	git clone -q "$PWD/hub.git" theirs
	git -C theirs remote set-url origin "$PWD/hub.git"
}

# says CLONE OLD NEW: a commit there.
says() {
	sed "s/$2/$3/" "$1/drafts/res-1.md" >"$T/new" && cat "$T/new" >"$1/drafts/res-1.md"
	git -C "$1" commit -qam "$3"
}

it 'brings what others have and sends what is here'
shared
says theirs 'one place' 'two places'
git -C theirs push -q
says ours 'every year' 'each month'
cd ours || exit
run adref sync
expect_status 0
expect_err_has 'asking origin what is new'
expect_err_has 'sending to origin'
expect_clean
expect_file_has drafts/res-1.md 'each month'
expect_file_has drafts/res-1.md 'two places'
git -C ../theirs pull -q
expect_same drafts/res-1.md ../theirs/drafts/res-1.md
run adref sync
expect_status 0
expect_err_has 'nothing new'

it 'counts what it sends where nobody has sent anything yet'
shared
git init -q --bare -b main new.git
git -C ours remote set-url origin "$PWD/new.git"
git -C ours update-ref -d "refs/remotes/origin/$(git -C ours symbolic-ref --short HEAD)"
says ours 'every year' 'each month'
cd ours || exit
run adref sync
expect_status 0
expect_err_has 'came: 0, went: 2 (commits)'

it 'names the reason where the remote reads another kind of repository'
shared
git init -q --bare --object-format=sha256 -b main other.git 2>/dev/null && {
	cd ours || exit
	git remote set-url origin ../other.git
	git update-ref -d refs/remotes/origin/main
	run adref sync
	expect_status 3
	expect_err_has 'hash algorithm'
}

it 'passes on what a hook of the other side says when it refuses'
shared
cat >hub.git/hooks/pre-receive <<'EOT'
#!/bin/sh
echo 'signatures: talk  AFR  b1 is unsigned' >&2
echo >&2
printf 'ask \033[31mthe secretariat\n' >&2
exit 1
EOT
chmod +x hub.git/hooks/pre-receive
says ours 'every year' 'each month'
before=$(git -C ours rev-parse HEAD)
cd ours || exit
adref trust 2>/dev/null
run adref sync
expect_status 3
expect_err_has 'remote: signatures: talk  AFR  b1 is unsigned'
expect_err_has 'remote: ask ␛[31mthe secretariat'
expect_err_has 'origin refused what you sent: pre-receive hook declined; it is kept here'
[ "$(git rev-parse HEAD)" = "$before" ] || fail 'something was done here'
# A flood of words ends, a long line too.
printf '#!/bin/sh\nseq 1 500 >&2\nexit 1\n' >../hub.git/hooks/pre-receive
run adref sync
expect_err_has 'remote: 20'
expect_err_has 'remote: …'
expect_err_lacks 'remote: 21'
# What a hook says of what it takes is nobody's concern.
printf '#!/bin/sh\necho welcome >&2\n' >../hub.git/hooks/pre-receive
run adref sync
expect_status 0
expect_err_lacks 'welcome'

it 'names what nobody has committed yet'
shared
cd ours || exit
mkdir drafts/res-1
printf 'one\n' >drafts/res-1/EUR.md
printf 'no draft\n' >notes.md
run adref sync
expect_status 0
expect_err_has 'drafts/res-1/EUR.md is not committed and stays here'
printf 'two\n' >drafts/res-2.md
run adref sync
expect_err_has 'drafts/res-1/EUR.md and 1 more are not committed and stay here'
adref commit res-1/EUR 2>/dev/null
adref commit res-2 2>/dev/null
run adref sync
expect_status 0
expect_err_lacks 'stay'

it 'makes points of what both changed, and names the drafts, without any setup'
shared
says theirs 'every year' 'each month'
git -C theirs push -q
says ours 'every year' 'every two years'
cd ours || exit
run adref sync
expect_status 0
expect_out <<EOT
res-1: merged, 1 new point
EOT
expect_clean
[ "$(git log -1 --format=%s)" = "sync: others' work and ours put together" ] || fail 'no such commit'
expect_file_has drafts/res-1.md '[every year / each month / every two years]'
[ "$(git rev-parse HEAD)" = "$(git -C ../hub.git rev-parse HEAD)" ] || fail 'not sent'

it 'sends one merge, however often others come first'
shared
says ours 'every year' 'every two years'
mkdir -p "$T/bin"
git=$(command -v git)
cat >"$T/bin/git" <<EOT
#!/bin/sh
case " \$* " in *' push '*)
	n=\$(cat "$T/races" 2>/dev/null || echo 0)
	if [ "\$n" -lt 4 ]; then
		echo \$((n + 1)) >"$T/races"
		cd ../theirs && echo "Theirs \$n." >>drafts/res-1.md &&
			"$git" commit -qam "theirs \$n" && "$git" push -q && cd ../ours
	fi ;;
esac
exec "$git" "\$@"
EOT
chmod +x "$T/bin/git"
cd ours || exit
PATH=$T/bin:$PATH run adref sync
expect_status 0
expect_err_has 'came: 4, went: 2 (commits)'
[ "$(git rev-list --count --merges HEAD)" = 1 ] || fail "$(git log --graph --oneline)"
[ "$(git rev-parse HEAD)" = "$(git -C ../hub.git rev-parse HEAD)" ] || fail 'not sent'
expect_file_has drafts/res-1.md 'every two years'
expect_file_has drafts/res-1.md 'Theirs 3.'
expect_clean

it 'takes away the lock files that its own git could not'
shared
says theirs 'one place' 'two places'
git -C theirs push -q
mkdir -p "$T/bin"
printf '#!/bin/sh\n"%s" "$@"\ncase " $* " in *" merge -m "*) : >.git/HEAD.lock ;; esac\n' "$(command -v git)" >"$T/bin/git"
chmod +x "$T/bin/git"
cd ours || exit
: >.git/config.lock # another's, from before
touch -d '1 minute ago' .git/config.lock
PATH=$T/bin:$PATH run adref sync
expect_status 0
[ ! -e .git/HEAD.lock ] || fail 'HEAD.lock is there still'
[ -e .git/config.lock ] || fail 'config.lock is gone'

it 'takes no failure for nothing new, and forgets later a merge that git could not forget'
shared
says theirs 'one place' 'two places'
git -C theirs push -q
says ours 'every year' 'each month'
mkdir -p "$T/bin"
cat >"$T/bin/git" <<EOT
#!/bin/sh
case " \$* " in *' rev-list --count '*) [ ! -e "$T/fails" ] || exit 128 ;; esac
"$(command -v git)" "\$@" || exit
case " \$* " in *' merge -m '*) "$(command -v git)" rev-parse HEAD^2 >.git/MERGE_HEAD ;; esac
EOT
chmod +x "$T/bin/git"
cd ours || exit
: >"$T/fails"
PATH=$T/bin:$PATH run adref sync
expect_status 3
expect_err_lacks 'nothing new'
rm "$T/fails"
PATH=$T/bin:$PATH run adref sync
expect_status 0
[ -e .git/MERGE_HEAD ] || fail 'no merge is left over'
run adref sync
expect_status 0
[ ! -e .git/MERGE_HEAD ] || fail 'the merge is still under way'

it 'does not take a merge for made whose driver was killed'
shared
says theirs 'every year' 'each month'
git -C theirs push -q
says ours 'every year' 'every two years'
# A driver that says 1 and has merged nothing is to git one that was killed.
mkdir -p "$T/bin"
cat >"$T/bin/git" <<EOT
#!/bin/sh
case " \$* " in *' merge -m '*) n=\$#
	while [ \$n -gt 0 ]; do
		case \$1 in merge.adref.driver=*) set -- "\$@" 'merge.adref.driver=exit 1' ;; *) set -- "\$@" "\$1" ;; esac
		shift
		n=\$((n - 1))
	done ;;
esac
exec "$(command -v git)" "\$@"
EOT
chmod +x "$T/bin/git"
cd ours || exit
before=$(git rev-parse HEAD)
PATH=$T/bin:$PATH run adref sync
expect_status 3
expect_err_has 'drafts/res-1.md: its merging was cut short'
[ "$(git rev-parse HEAD)" = "$before" ] || fail 'it is committed'
expect_clean
run adref sync
expect_status 0
expect_file_has drafts/res-1.md 'each month'
expect_file_has drafts/res-1.md 'every two years'

# waits FILE-OR-COMMAND: until it is there, for a while.
waits() {
	tries=0
	until eval "$1"; do
		tries=$((tries + 1))
		[ $tries -gt 200 ] && return 1
		sleep 0.05
	done
}

# slow WHAT: git waits before it does that, and says that it does.
slow() {
	mkdir -p "$T/bin"
	cat >"$T/bin/git" <<EOT
#!/bin/sh
case " \$* " in *' $1 '*) : >"$T/waiting"; sleep 30 ;; esac
exec "$(command -v git)" "\$@"
EOT
	chmod +x "$T/bin/git"
}

# interrupted: adref sync, and ^C once git waits.
interrupted() {
	(PATH=$T/bin:$PATH "$ADREF" sync >"$T/out" 2>"$T/err"; echo $? >"$T/status") &
	waits '[ -e "$T/waiting" ]' || fail 'git was never asked'
	waits 'pkill -INT -P $! -x adref 2>/dev/null'
	wait $!
	[ "$(cat "$T/status")" = 3 ] || fail "status $(cat "$T/status")" "$T/err"
}

it 'stops at ^C where nothing is lost, and says how things stand'
shared
says theirs 'one place' 'two places'
git -C theirs push -q
says ours 'every year' 'each month'
cd ours || exit
before=$(git rev-parse HEAD)
slow fetch
interrupted
grep -q 'stopped; nothing here or there was changed' "$T/err" || fail 'no word of it' "$T/err"
[ "$(git rev-parse HEAD)" = "$before" ] || fail 'the branch moved'
rm -f "$T/waiting" "$T/bin/git"
slow push
interrupted
grep -q 'stopped while sending' "$T/err" || fail 'no word of it' "$T/err"
grep -q 'res-1: merged' "$T/out" || fail 'what came is not told' "$T/out"
expect_clean
expect_file_has drafts/res-1.md 'two places'
rm -f "$T/bin/git"
run adref sync
expect_status 0
[ "$(git rev-parse HEAD)" = "$(git -C ../hub.git rev-parse HEAD)" ] || fail 'not sent'

it 'stops before what is not committed'
shared
echo more >>ours/drafts/res-1.md
cd ours || exit
run adref sync
expect_status 3
expect_one_line
expect_err_has 'drafts/res-1.md: has changes that are not committed'

it 'says that it is offline, and everything is as it was'
shared
says ours 'every year' 'each month'
mv hub.git gone.git
cd ours || exit
before=$(git rev-parse HEAD)
run adref sync
expect_status 3
expect_err_has 'origin cannot be reached'
expect_err_has 'sync later'
[ "$(git rev-parse HEAD)" = "$before" ] || fail 'the branch moved'
expect_clean
mv ../gone.git ../hub.git
run adref sync
expect_status 0

it 'names what is missing where there is nobody to share with'
workspace w
cd w || exit
run adref sync
expect_status 3
expect_one_line
expect_err_has 'adref sync --with ADDRESS'

it 'is told once with whom to share'
workspace w
git init -q --bare -b main hub.git
cd w || exit
for address in -x ext::sh 'fd::3' 'odd://host/x' 'ssh://-oProxyCommand=x/y' 'me@-x:y' \
	../nowhere "$(printf 'a\033b')" ''; do
	run adref sync --with "$address"
	expect_status 3
	expect_one_line
	expect_raw_free
	git config remote.origin.url && fail "$address: kept"
done
run adref sync --with ../hub.git
expect_status 0
[ "$(git config remote.origin.url)" = "$(realpath ../hub.git)" ] || fail 'not in full'
[ "$(git -C ../hub.git rev-parse main)" = "$(git rev-parse HEAD)" ] || fail 'nothing was sent'
run adref sync
expect_status 0
run adref sync --with ../hub.git
expect_status 3
expect_err_has 'shared already, with origin'

it 'shares with no folder here whose own programs would run'
workspace w
git init -q --bare -b main hub.git
printf '#!/bin/sh\ntouch "%s"\n' "$T/ran" >hub.git/hooks/post-update
chmod +x hub.git/hooks/post-update
cd w || exit
run adref sync --with ../hub.git
expect_status 3
expect_err_has 'adref trust'
[ -e "$T/ran" ] && fail 'it ran'
git config remote.origin.url && fail 'it was kept'

it 'takes all back where a file that is no draft was changed by both'
shared
echo mine >ours/notes.txt && git -C ours add -A && git -C ours commit -qm mine
echo theirs >theirs/notes.txt && git -C theirs add -A && git -C theirs commit -qm theirs
git -C theirs push -q
cd ours || exit
before=$(git rev-parse HEAD)
run adref sync
expect_status 3
expect_err_has 'notes.txt: you and origin changed it'
expect_clean
[ "$(git rev-parse HEAD)" = "$before" ] || fail 'the branch moved'

it 'merges again when others were faster, and never forces'
shared
says ours 'every year' 'each month'
says theirs 'one place' 'two places'
mkdir -p "$T/bin"
real=$(command -v git)
cat >"$T/bin/git" <<EOT
#!/bin/sh
case " \$* " in *' push '*)
	if [ ! -e "$T/once" ]; then
		: >"$T/once"
		(cd "$PWD/theirs" && "$real" push -q)
	fi
	;;
esac
exec "$real" "\$@"
EOT
chmod +x "$T/bin/git"
cd ours || exit
old=$PATH
PATH=$T/bin:$PATH
run adref sync
PATH=$old
expect_status 0
[ -e "$T/once" ] || fail 'nobody was faster'
[ "$(git rev-parse HEAD)" = "$(git -C ../hub.git rev-parse HEAD)" ] || fail 'not sent'
expect_file_has drafts/res-1.md 'two places'
git -C ../hub.git log --format=%s >"$T/log"
grep -q 'two places' "$T/log" || fail "the others' commit is gone" "$T/log"

it 'runs no program that the repository names before it is trusted'
shared
says theirs 'one place' 'two places'
git -C theirs push -q
says ours 'every year' 'each month'
cd ours || exit
trap_of() { printf '#!/bin/sh\ntouch "%s"\nexit 0\n' "$T/ran.$1" >"$T/$1" && chmod +x "$T/$1"; echo "$T/$1"; }
git config core.fsmonitor "$(trap_of fsmonitor)"
git config core.sshCommand "$(trap_of ssh)"
git config core.askPass "$(trap_of askpass)"
git config credential.helper "$(trap_of credential)"
git config filter.evil.clean "$(trap_of clean)"
git config filter.evil.smudge "$(trap_of smudge)"
git config filter.evil.required true
git config merge.evil.driver "$(trap_of driver)"
git config remote.origin.uploadpack "$(trap_of upload)"
git config remote.origin.receivepack "$(trap_of receive)"
git config core.editor "$(trap_of editor)"
git config core.pager "$(trap_of pager)"
git config gpg.program "$(trap_of gpg)"
echo '*.md filter=evil' >.git/info/attributes
for hook in pre-commit commit-msg post-commit pre-merge-commit post-merge prepare-commit-msg pre-push post-checkout \
	reference-transaction post-index-change; do
	cp "$(trap_of "hook-$hook")" ".git/hooks/$hook"
done
rm -f "$T"/ran.*
run adref sync
expect_status 0
for ran in "$T"/ran.*; do
	[ -e "$ran" ] && fail "a program of the repository ran: $ran"
done
git config remote.origin.vcs evil
run adref sync
expect_status 3
expect_err_has 'adref trust'

# port: one that is free at the moment.
port() {
	port=$((20000 + $$ % 20000))
	while (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; do port=$((port + 1)); done
	echo "$port"
}


it 'works with git daemon'
port=$(port)
shared
touch hub.git/git-daemon-export-ok
git -C hub.git config daemon.receivepack true
git daemon --reuseaddr --listen=127.0.0.1 --port="$port" --base-path="$PWD" --export-all --enable=receive-pack \
	--pid-file="$PWD/pid" "$PWD" >"$T/daemon" 2>&1 &
daemon=$!
git -C ours remote set-url origin "git://127.0.0.1:$port/hub.git"
if waits "git ls-remote git://127.0.0.1:$port/hub.git >/dev/null 2>&1"; then
	says theirs 'one place' 'two places'
	git -C theirs push -q
	says ours 'every year' 'each month'
	cd ours || exit
	run adref sync
	expect_status 0
	[ "$(git rev-parse HEAD)" = "$(git -C ../hub.git rev-parse HEAD)" ] || fail 'not sent'
else
	fail 'git daemon does not answer' "$T/daemon"
fi
kill "$(cat "$OLDPWD/pid" 2>/dev/null || echo $daemon)" 2>/dev/null
wait $daemon 2>/dev/null

sshd=$(command -v sshd || echo /usr/sbin/sshd)
if [ -x "$sshd" ] && command -v ssh-keygen >/dev/null; then
	it 'works with ssh and an ordinary configuration'
	port=$(port)
	shared
	mkdir -p "$HOME/.ssh" "$T/sshd"
	chmod 700 "$HOME/.ssh" "$T/sshd"
	ssh-keygen -q -t ed25519 -N '' -f "$T/sshd/host"
	ssh-keygen -q -t ed25519 -N '' -f "$HOME/.ssh/id_test"
	cp "$HOME/.ssh/id_test.pub" "$T/sshd/authorized"
	cat >"$T/sshd/config" <<EOT
Port $port
ListenAddress 127.0.0.1
HostKey $T/sshd/host
AuthorizedKeysFile $T/sshd/authorized
PidFile $T/sshd/pid
StrictModes no
UsePAM no
PasswordAuthentication no
SetEnv HOME=$T/sshd
EOT
	cat >"$T/sshd/client" <<EOT
Host hub
  HostName 127.0.0.1
  Port $port
  User $(id -un)
  IdentityFile $HOME/.ssh/id_test
  StrictHostKeyChecking no
  UserKnownHostsFile /dev/null
  LogLevel ERROR
EOT
	# ssh reads the home of the password file, not \$HOME: the user's configuration is named instead.
	git config --global core.sshCommand "ssh -F $T/sshd/client"
	[ "$(id -u)" = 0 ] && mkdir -p /run/sshd
	"$sshd" -D -f "$T/sshd/config" -E "$T/sshd/log" &
	daemon=$!
	if waits '[ -s "$T/sshd/pid" ]'; then
		git -C ours remote set-url origin "hub:$PWD/hub.git"
		says theirs 'one place' 'two places'
		git -C theirs push -q
		says ours 'every year' 'each month'
		cd ours || exit
		run adref sync
		expect_status 0
		[ "$(git rev-parse HEAD)" = "$(git -C ../hub.git rev-parse HEAD)" ] || fail 'not sent' "$T/sshd/log"
	else
		fail 'sshd does not begin' "$T/sshd/log"
	fi
	kill $daemon 2>/dev/null
	wait $daemon 2>/dev/null
else
	it 'works with ssh and an ordinary configuration'
	skip 'no sshd here (openssh-server)'
fi

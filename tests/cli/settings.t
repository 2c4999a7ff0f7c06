# SPDX-License-Identifier: MIT
. "$ADREF_SOURCE/tests/cli/lib.sh"

it 'keeps who you are, and shows it'
workspace
run adref set role chair
expect_status 0
run adref set party CEPT
run adref set
expect_status 0
expect_out_has 'role         chair'
expect_out_has 'signing-key  '
expect_file_has "$HOME/.config/adref/settings.yaml" 'role: chair'

it 'keeps the meeting of this repository in its configuration'
workspace
run adref set --here meeting IRM-2
expect_status 0
[ "$(git config adref.meeting)" = IRM-2 ] || fail 'not in the configuration'
run adref resolve declaration 1 1
last_message >message
expect_file_has message 'Meeting: IRM-2'

it 'takes no other key or value'
workspace
run adref set role king
expect_status 2
expect_err_has 'rapporteur, chair, secretariat or observer'
run adref set colour red
expect_status 2
run adref set role
expect_status 2
run adref set --here bidi off
expect_status 2
run adref set party "$(printf 'a\nb')"
expect_status 2
expect_one_line

it 'says what is wrong in the settings, and leaves them alone'
workspace
mkdir -p "$HOME/.config/adref"
printf '{{{\n' >"$HOME/.config/adref/settings.yaml"
run adref set
expect_status 0
expect_err_has 'settings.yaml'
run adref set role chair
expect_status 3
expect_one_line
expect_file "$HOME/.config/adref/settings.yaml" <<EOT
{{{
EOT
rm "$HOME/.config/adref/settings.yaml"

it 'runs hooks only once the repository is trusted'
workspace
cat >.git/hooks/pre-commit <<EOT
#!/bin/sh
touch "$T/ran"
printf '\033[31mnot today\n' >&2
exit 1
EOT
chmod +x .git/hooks/pre-commit
run adref resolve declaration 1 1
expect_status 0
[ -e "$T/ran" ] && fail 'the hook ran untrusted'
run adref trust
expect_status 0
expect_err_has 'pre-commit'
cp drafts/declaration.md "$T/before"
run adref resolve declaration 1 1
expect_status 3
expect_one_line
expect_raw_free
expect_err_has 'the pre-commit hook refused'
[ -e "$T/ran" ] || fail 'the hook did not run'
expect_same "$T/before" drafts/declaration.md
expect_clean
run adref trust --remove
expect_status 0
run adref resolve declaration 1 1
expect_status 0

it 'lists the drafts'
workspace
run adref status
expect_status 0
expect_out_has 'res-reunions  Réunions préparatoires régionales et interrégionales'
expect_out_has '19 open and 1 inside · 2 linked · 2 agreed'
run adref status declaration
expect_out_lacks 'res-reunions'
run adref status --json declaration
expect_status 0
expect_out_has '{"drafts": [{"draft": "declaration", "title": "Montevideo declaration", "type": "declaration", "symbol": "WCC27/DT/1", "open": 5,'
expect_out_has '"author": "Test Rapporteur", "subject": "Texts before the conference"}}]}'
run adref status nothing
expect_status 3

it 'says what to do in an empty workspace, and in none'
mkdir drafts
run adref status
expect_status 0
expect_err_has 'no drafts here yet'
mkdir -p "$T/elsewhere"
cd "$T/elsewhere" || exit
run adref status
expect_status 3
expect_err_has '"adref init" makes one'

it 'keeps what is the user’s own also where there is no workspace'
mkdir nowhere && cd nowhere
run adref set role chair
expect_status 0
run adref set role emperor
expect_status 2
run adref set
expect_status 3
cd .. && workspace
run adref set
expect_out_has 'role         chair'

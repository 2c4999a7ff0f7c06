# SPDX-License-Identifier: MIT
. "$ADREF_SOURCE/tests/cli/lib.sh"

# three: a draft with three points, one of them with an id, in a repository of its own.
three() {
	workspace
	draft talk <<'EOT'
organise [one / AFR: two]{#b1} meetings

invite [all](EUR) members to [XX] talks [soon]
EOT
}

it 'records a position, with an id for the point, in one commit'
three
run adref position talk 2 AFR supports 1 --strength red-line --source 'AFCP/12/4' --date 2026-02-18 --meeting RPM-AFR --note 'as "before"'
expect_status 0
expect_err_has 'committed as'
expect_clean
[ "$(commits)" = 3 ] || fail "not one commit: $(commits)"
last_message >message
expect_file message <<'EOT'
talk: AFR supports the text (red line), point 2

The point is in line 3, "invite [all](EUR) members to [XX] talks
  [soon]". Note: "as "before""

Point: 2 (b4500)
Position: AFR supports the text (red line), "all"
Source: AFCP/12/4
Meeting: RPM-AFR
EOT
expect_file drafts/talk.md <<'EOT'
organise [one / AFR: two]{#b1} meetings

invite [all](EUR){#b4500} members to [XX] talks [soon]
EOT
expect_file drafts/talk/AFR.positions.yaml <<'EOT'
b4500: {stance: supports, option: 1, strength: red-line, wording: "5ef5ef0364b6939c", source: AFCP/12/4, meeting: RPM-AFR, date: 2026-02-18, note: "as \"before\""}
EOT

it 'changes a position and takes it back'
three
adref position talk b1 ATU supports 2 --date 2026-01-01 --meeting X >/dev/null 2>&1
run adref position talk b1 AFR opposes 1 --date 2026-01-02 --meeting X
expect_status 0
expect_file drafts/talk/AFR.positions.yaml <<'EOT'
b1: {stance: opposes, option: 1, wording: "7692c3ad3540bb80", meeting: X, date: 2026-01-02}
EOT
run adref position talk b1 AFR opposes 1 --date 2026-01-02 --meeting X
expect_status 0
expect_err_has 'nothing had to change'
run adref position --remove talk b1 AFR
expect_status 0
last_message >"$T/message"
grep -q 'talk: AFR withdrawn, point 1' "$T/message" || fail 'the message' "$T/message"
[ -s drafts/talk/AFR.positions.yaml ] && fail 'the position is still there'
run adref position --remove talk b1 AFR
expect_status 3
expect_err_has 'AFR has no position on this point'
expect_clean

it 'refuses what makes no sense'
three
for what in '1 AFR likes 1' '1 AFR supports' '1 AFR supports 3' '1 AFR reserves 1' '1 XYZ supports 1' \
	'1 AFR supports two' '1 AFR' '1 AFR supports 1 --strength very' '1 AFR supports 1 --date soon'; do
	# shellcheck disable=SC2086 # words on purpose
	run adref position talk $what
	expect_status 2
	expect_one_line
done
run adref position drafts/talk.md 1 AFR supports 1
expect_status 2
run adref position talk 9 AFR supports 1
expect_status 3
[ "$(commits)" = 2 ] || fail 'something was committed'

it 'does not touch a draft with pending edits, where the point has no id'
three
echo 'more' >>drafts/talk.md
run adref position talk 2 AFR supports 1
expect_status 3
expect_err_has 'not committed'
[ -e drafts/talk/AFR.positions.yaml ] && fail 'a position was written'
run adref position talk 1 AFR supports 1
expect_status 0
run git status --porcelain
expect_out <<'EOT'
 M drafts/talk.md
EOT

it 'keeps what others wrote, and writes to the file there is'
three
mkdir drafts/talk
printf '# ours\nb9: {stance: reserves}   # wait\n' >drafts/talk/ATU.positions.yaml
git add drafts && git commit -q -m positions
run adref position talk 1 AFR accepts 0 --date 2026-01-02 --meeting X
expect_status 0
expect_file drafts/talk/ATU.positions.yaml <<'EOT'
# ours
b9: {stance: reserves}   # wait
b1: {stance: accepts, option: 0, wording: "e3b0c44298fc1c14", meeting: X, date: 2026-01-02}
EOT
run adref positions talk
expect_out_has '~0'

it 'refuses to write a broken file, and says where'
three
mkdir drafts/talk
printf 'b1: {stance: [\n' >drafts/talk/AFR.positions.yaml
run adref position talk 1 AFR accepts 0
expect_status 3
expect_err_has 'adref: drafts/talk/AFR.positions.yaml: '

it 'lets many record at once'
three
for code in AFR AMS ARB ASP CIS EUR; do
	adref position talk 2 $code supports 1 >/dev/null 2>"err-$code" &
	adref position talk 4 $code opposes 1 >/dev/null 2>"err-2-$code" &
	adref position talk 1 $code accepts 2 >/dev/null 2>"err-3-$code" &
done
wait
cat err-* >all
expect_file_lacks all 'adref: drafts'
[ "$(commits)" = 20 ] || fail "not 18 commits: $(commits)" all
expect_clean_drafts() {
	git status --porcelain drafts >status
	[ -s status ] && fail 'the tree is not clean' status
	:
}
expect_clean_drafts
expect_file drafts/talk.md <<'EOT'
organise [one / AFR: two]{#b1} meetings

invite [all](EUR){#b4500} members to [XX] talks [soon]{#b27de}
EOT
run adref positions talk
expect_out_has 'consensus 2'
for code in AFR AMS ARB ASP CIS EUR; do
	[ "$(wc -l <drafts/talk/$code.positions.yaml)" = 3 ] || fail "$code lost a position"
done

it 'lets two record in clones of their own, and merges without a conflict'
three
git clone -q . ../afr
git clone -q . ../eur
here=$PWD
for who in afr eur; do
	cd "$here/../$who" || exit 3
	git config user.name "$who"
	git config user.email "$who@example.org"
done
cd "$here/../afr" || exit 3
adref position talk 2 AFR supports 1 2>/dev/null
cd "$here/../eur" || exit 3
adref position talk 2 EUR accepts 1 2>/dev/null
git pull -q --no-rebase --no-edit ../afr >"$T/pull" 2>&1 || fail 'the merge conflicts' "$T/pull"
run adref positions talk
expect_status 0
expect_out_has 'consensus on the text'
run adref check talk
expect_status 0

it 'shows who stands where'
workspace
run adref positions res-reunions
expect_status 0
expect_out_has '    8    une / au moins une / deux         +2    ~2    !3    ~2    ·     +2    near-consensus on option 2: ARB objects'
expect_out_has 'deadlock: AFR on option 3, EUR on option 2'
expect_out_has '19 open points · consensus 1 · near-consensus 3 · split 2 · deadlock 1 · silent 12'
expect_out_has 'AFR and ARB agree on 60 % (3 of 5 points)'
expect_out_has 'easiest next: point 13'
run adref positions --who --sort easiest res-connectivity
expect_status 0
expect_out_has 'CIS supports no text (red line) · RCC/27/2, RPM-CIS, 2026-05-05 · a matter of national law'
expect_out_has 'AFR: Tendai Moyo <tendai.moyo@example.org>'
expect_out_lacks 'Amina Diallo'

it 'prints JSON'
workspace
run adref positions --json res-connectivity
expect_status 0
expect_out_has '"n": 13, "id": "b0a9e"'
expect_out_has '"verdict": "consensus", "option": 1, "firm": true, "spoke": 3, "objectors": []'
expect_out_has '"problems": []'

it 'follows a wording to its new number, and marks one that changed'
three
adref position talk 1 AFR supports 2 2>/dev/null
adref position talk 1 EUR supports 1 2>/dev/null
sed -i 's,one / AFR: two,half / one / AFR: both,' drafts/talk.md
run adref positions talk
expect_out_has '+2*'
expect_out_has 'consensus on option 2 (wording changed since)'

it 'names what cannot be read, and shows the rest'
three
mkdir drafts/talk
printf 'b1: {stance: supports, option: 1}\nb2: [\n' >drafts/talk/AFR.positions.yaml
printf '}\n' >drafts/talk/EUR.positions.yaml
printf 'b1: {stance: likes}\n' >drafts/talk/CIS.positions.yaml
printf 'b1: {stance: none}\n' >drafts/talk/XYZ.positions.yaml
run adref positions --json talk
expect_out_has '{"file": "drafts/talk/XYZ.positions.yaml", "line": 1, "column": 1, "problem": "no party has this code'
run adref positions talk
expect_err_has 'drafts/talk/XYZ.positions.yaml:1:1: no party has this code'
expect_status 0
expect_out_has '+1'
expect_err_has 'drafts/talk/AFR.positions.yaml:3:1: '
expect_err_has 'drafts/talk/EUR.positions.yaml:1:1: '
expect_err_has 'drafts/talk/CIS.positions.yaml:1:'

it 'writes who supported and opposed a decision by their positions'
three
adref position talk 1 EUR supports 2 2>/dev/null
adref position talk 1 CIS reserves 2>/dev/null
adref position talk 1 ARB opposes 1 2>/dev/null
adref position talk 1 AFR accepts 1 2>/dev/null
run adref resolve talk 1 2
expect_status 0
last_message >message
expect_file_has message 'Supported-by: EUR'
expect_file_has message 'Opposed-by: AFR, CIS'


it 'decides what all agree on, after showing it'
workspace
run adref resolve --consensus res-connectivity
expect_status 0
expect_out <<'EOT'
  point 13, line 48: option 1, "a public register" (AMS, ASP, EUR)
EOT
expect_err_has 'nothing is decided yet; --yes decides it'
[ "$(commits)" = 1 ] || fail 'something was decided'
run adref resolve --consensus --yes res-connectivity
expect_status 0
expect_err_has 'point 13 decided: option 1, "a public register"'
expect_clean
last_message | sed -n '/^Point:/,$p' | grep -v '^Meeting' >"$T/trailers"
diff - "$T/trailers" <<'EOT' || fail 'the trailers'
Point: 13 (b0a9e)
Decision: option 1, "a public register"
Linked: 0
Supported-by: AMS, ASP, EUR
EOT
run adref resolve --consensus --yes res-connectivity
expect_status 0
expect_out <<'EOT'
  no point on which all that spoke agree
EOT
run adref undo res-connectivity
run adref positions res-connectivity
expect_out_has 'consensus on option 1'

it 'says who did not speak, and wants another wording in the text'
workspace
draft talk <<'EOT'
a [one / AFR, EUR: two / CIS, ARB: three]{#b1} b
EOT
for code in AFR AMS; do adref position talk b1 $code supports 2 2>/dev/null; done
adref position talk b1 ARB none 2>/dev/null
run adref resolve --consensus talk
expect_out <<'EOT'
  point 1, line 1: option 2, "two" (AFR, AMS); silent, but the text names ARB with option 3, CIS with option 3
EOT

it 'decides several, outermost ones first, and not what is stale or put off'
workspace
draft talk <<'EOT'
a [one / two]{#b1} b [keep [or [not]{#b4} so]{#b3} that]{#b2} c [x / y]{#b5} d [e]{#b6} f [g]{#b7} h
EOT
for code in AFR EUR; do
	for what in 'b1 supports 2' 'b2 supports 1' 'b3 accepts 0' 'b4 supports 1' 'b5 accepts 1' 'b6 supports 1'; do
		# shellcheck disable=SC2086 # words on purpose
		set -- $what
		adref position talk $1 $code $2 $3 2>/dev/null
	done
done
adref position talk b7 AFR supports 0 2>/dev/null
adref position talk b5 CIS supports 1 2>/dev/null
adref defer talk b6 'too early' 2>/dev/null
sed -i 's,\[x / y\],[z / y],' drafts/talk.md
git commit -qam 'another wording'
adref position talk b5 EUR supports 1 2>/dev/null
run adref resolve --consensus talk
expect_out <<'EOT'
  point 1, line 1: option 2, "two" (AFR, EUR)
  point 2, line 1: the text, "keep [or [not] so] that" (AFR, EUR)
  point 3, line 1: no text (AFR, EUR)
  point 4, line 1: the text, "not" (AFR, EUR)
  point 5, line 1: all agree, but these spoke on an older wording, ask again: AFR, CIS
  point 6, line 1: all agree, but it is put off
EOT
before=$(commits)
run adref resolve --consensus --yes talk
expect_status 0
expect_err_has 'point b4 is left'
[ "$(commits)" = "$((before + 3))" ] || fail 'not three commits'
expect_file drafts/talk.md <<'EOT'
a two b keep that c [z / y]{#b5} d [e]{#b6} f [g]{#b7} h
EOT
run adref resolve --consensus --linked talk
expect_status 2
run adref resolve talk 1
expect_status 2

it 'has an agenda, hardest last'
workspace
run adref agenda
expect_status 0
head -n 1 "$T/out" >first
expect_file first <<'EOT'
  1  res-connectivity, point 8 (¶ 24): near-consensus on option 1: AMS objects · 2 linked
EOT
expect_out_has '10  res-reunions, point 10 (¶ 24): split'
expect_out_has 'All agree on 2 points: "adref resolve --consensus NAME" decides them.'
expect_out_has '1 point is put off.'
run adref agenda --json res-reunions
expect_out_has '"verdict": "deadlock", "option": 2, "objectors": ["AFR", "ARB"], "red_lines": 2'
run adref agenda declaration
expect_out_has 'nothing to discuss'
run adref agenda nothing
expect_status 3

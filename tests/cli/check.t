# SPDX-License-Identifier: MIT
. "$ADREF_SOURCE/tests/cli/lib.sh"

it 'reports problems as file:line:column: text'
printf 'a [b\n\nc] d\n\n[x]{#b1} [y]{#b1}\n' >x.md
run adref check x.md
expect_status 1
expect_out_has 'x.md:1:3: this bracket is never closed'
expect_out_has 'x.md:3:2: this bracket was never opened'
expect_out_has 'x.md:5:15: the id b1 stands twice'

it 'says nothing of a good draft'
workspace
run adref check drafts/*.md
expect_status 0
expect_out </dev/null
expect_err </dev/null

it 'with --agreed, no open point may be left'
printf 'a [b [c]] d\n' >x.md
run adref check --agreed x.md
expect_status 1
expect_out <<EOT
x.md:1:3: this point is open
EOT
printf 'a b d\n' >x.md
run adref check --agreed x.md
expect_status 0

it 'prints JSON'
printf 'a [b\n' >x.md
run adref check --json x.md
expect_status 1
expect_out_has '{"problems": [{"file": "x.md", "line": 1, "column": 3, "problem": "this bracket is never closed'

it 'looks at the files beside a draft'
workspace
printf 'b3f2a: {stance: shouts}\n' >drafts/res-reunions/AFR.positions.yaml
printf 'nope: [\n' >drafts/res-reunions/agreed.yaml
printf ': : :\n' >drafts/meetings.yaml
printf '{{{\n' >drafts/regions.yaml
run adref check res-reunions
expect_status 1
expect_out_has 'drafts/res-reunions/AFR.positions.yaml:1:'
expect_out_has 'drafts/res-reunions/agreed.yaml:'
expect_out_has 'drafts/meetings.yaml:1:'
expect_out_has 'drafts/regions.yaml:1:'

it 'goes on after a file that cannot be read'
printf 'a [b\n' >x.md
run adref check nothing.md x.md
expect_status 3
expect_err_has 'nothing.md: no such file'
expect_out_has 'x.md:1:3:'

it 'reports bytes that are not UTF-8'
printf 'a\377b\n' >x.md
run adref check x.md
expect_status 1
expect_out_has 'x.md:1:2: 1 byte that is not UTF-8'

it 'names what is wrong with positions, with file and line, and loses nothing'
workspace
draft talk <<'EOT'
hold [one / AFR: two]{#b1} of [them]{#b2}
EOT
mkdir drafts/talk
printf '\nb1: {stance: supports, option: 3}\nb9: {stance: reserves}\nb2: {stance: none}\nb2: {stance: none}\n' >drafts/talk/AFR.positions.yaml
printf 'b1: {stance: supports, option: 1}\nb2: [\n' >drafts/talk/EUR.positions.yaml
printf '}' >drafts/talk/CIS.positions.yaml
printf 'b1: {stance: supports, option: 1}\n' >drafts/talk/XYZ.positions.yaml
printf 'one\n' >drafts/talk/AFR.md
printf 'two\n' >drafts/talk/ATU.md
run adref check talk
expect_status 1
expect_out <<'EOT'
drafts/talk/XYZ.positions.yaml:1:1: no party has this code; add it to drafts/regions.yaml
drafts/talk/ATU.md:1:1: AFR has AFR.md too; keep one of the two
drafts/talk/AFR.positions.yaml:5:1: b2 stands twice; the first one counts
drafts/talk/AFR.positions.yaml:2:1: point 1 has no option 3 any more; ask again
drafts/talk/AFR.positions.yaml:3:1: no point has the id b9; give it to one, or take the position away
drafts/talk/CIS.positions.yaml:1:1: this is not YAML: did not find expected node content
drafts/talk/EUR.positions.yaml:3:1: this is not YAML (did not find expected node content); the entry is left out
EOT

it 'says what keeps a file beside a draft from being read, its name once'
workspace
draft talk <<'EOT'
hold [one / AFR: two]{#b1} of them
EOT
mkdir -p drafts/talk/AMS.positions.yaml
ln -s /etc/passwd drafts/talk/EUR.positions.yaml
printf 'one\n' >drafts/talk/arb.md
printf 'b1: {stance: reserves}\n' >drafts/talk/Cei.positions.yaml
run adref check talk
expect_status 1
expect_out_has 'drafts/talk/AMS.positions.yaml:1:1: is a folder, not a file'
expect_out_has 'drafts/talk/EUR.positions.yaml:1:1: leads out of '
expect_out_has 'drafts/talk/arb.md:1:1: a code is written in capitals; rename the file'
expect_out_has 'drafts/talk/Cei.positions.yaml:1:1: a code is written in capitals; rename the file'

it 'says nothing of positions on points that were decided'
workspace
run adref check res-connectivity
expect_status 0
adref resolve res-connectivity b40fe 0 2>/dev/null
run adref check res-connectivity
expect_status 0
expect_out </dev/null

it 'names what looks like a bracket, and words of two scripts'
printf 'to \342\235\262invite\342\235\263 M\320\265mbers\n\n[a \342\210\225 b]\n\n\346\240\271\346\215\256\343\200\2242020\343\200\225\n' >x.md
run adref check x.md
expect_status 1
expect_out <<EOT
x.md:1:4: ❲ (U+2772) looks like a bracket but is none; write [ for text that is not agreed, or \[ for a plain one
x.md:1:11: ❳ (U+2773) looks like a bracket but is none; write ] for text that is not agreed, or \] for a plain one
x.md:1:14: in "Mеmbers" the Cyrillic letter U+0435 looks like a Latin one; type the word again
x.md:3:4: ∕ (U+2215) looks like a slash but separates no options; write / instead
EOT

it 'takes real texts in six languages for what they are'
if material corpus/udhr-rus.txt; then
	run adref check "$ADREF_MATERIAL"/corpus/udhr-*.txt "$ADREF_MATERIAL"/corpus/paris-*.md "$ADREF_MATERIAL"/corpus/itu-*.txt
	expect_out_lacks 'looks like'
fi

it 'names a full-width slash that separates nothing for want of blanks'
printf '请［选项一／选项二］报告\n\n请［选项一 ／ 选项二］［电信和／或信息］报告\n' >zh.md
run adref check zh.md
expect_status 1
expect_out <<'EOT'
zh.md:1:6: ／ separates options only with a blank on both sides; add them, or write \／ if this is one wording
EOT

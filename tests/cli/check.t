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

# SPDX-License-Identifier: MIT
. "$ADREF_SOURCE/tests/cli/lib.sh"

texts() {
	printf -- "---\nlanguage: fr\n---\n\nd'organiser une réunion préparatoire\n" >base.md
	printf "d'organiser au moins une réunion préparatoire\n" >afr.md
	printf "d'organiser deux réunions\n" >eur.md
}

beside() {
	repository .
	mkdir -p drafts/res-1
	printf 'to invite Members to report every year\n' >drafts/res-1.md
	printf 'to invite Members to report every two years\n' >drafts/res-1/AFR.md
	printf 'to urge Members to report every year\n' >drafts/res-1/EUR.md
	git add -A && git commit -qm start
}

it 'prints one draft of a base and the texts of some parties'
texts
run adref consolidate --base base.md EUR=eur.md AFR=afr.md
expect_status 0
expect_out <<EOT
---
language: fr
---

d'organiser [une réunion préparatoire / AFR: au moins une réunion préparatoire / EUR: deux réunions]
EOT
expect_one_line
expect_err_has '1 open point in 1 paragraph'

it 'says where it was written, and that nothing differs'
texts
run adref consolidate --base base.md --output new.md EUR=eur.md
expect_err_has '; written to new.md'
run adref consolidate --base base.md --output new.md EUR=base.md
expect_one_line
expect_err_has 'no open point: nowhere do the texts differ; written to new.md'

it 'gives each party its own text back'
texts
run adref consolidate --base base.md --output new.md --provenance table.md AFR=afr.md ATU=eur.md
expect_status 2
expect_one_line
run adref consolidate --base base.md --output new.md --provenance table.md AFR=afr.md EUR=eur.md
expect_status 0
run adref project --as EUR new.md
expect_out_has "d'organiser deux réunions"
run adref project --as base new.md
expect_same base.md "$T/out"
expect_file table.md <<EOT
| Paragraph | Party | From its paragraph | What was done |
|---:|---|---:|---|
| 4 | AFR | 1 | merged |
| 4 | EUR | 1 | merged |
EOT

it 'says what is wrong in one line'
texts
run adref consolidate AFR=afr.md
expect_status 2
run adref consolidate --base base.md XYZ=afr.md
expect_status 2
expect_one_line
expect_err_has 'XYZ'
run adref consolidate --base base.md afr.md EUR=eur.md
expect_status 2
expect_one_line
run adref consolidate --base base.md AFR=nothing.md
expect_status 3
expect_one_line
expect_err_has 'nothing.md'

it 'commits the texts that stand beside a draft, and names what it leaves out'
beside
printf 'x\n' >drafts/res-1/ATU.md
printf 'x\n' >drafts/res-1/QQQ.md
git add -A && git commit -qm more
run adref consolidate res-1
expect_status 0
expect_err_has 'drafts/res-1/ATU.md: left out'
expect_err_has 'drafts/res-1/QQQ.md: left out'
expect_file drafts/res-1.md <<EOT
to [invite / EUR: urge] Members to report every [year / AFR: two years]
EOT
[ "$(git log -1 --format=%s)" = 'res-1: consolidate AFR, EUR' ] || fail 'no such commit'

it 'commits the texts that it is made of with the draft, so that it can be made again'
beside
printf 'to [invite]\n' >drafts/res-1/base.md
printf -- '---\nbase: drafts/res-1/base.md\n---\n' >drafts/res-1.md
adref commit -m 'new start' res-1 2>/dev/null
printf 'to invite Members\n' >drafts/res-1/base.md
printf 'to urge Members\n' >drafts/res-1/CIS.md
run adref consolidate res-1
expect_status 0
expect_err_has 'texts committed with it: CIS'
run git show --name-only --format= HEAD
expect_out <<EOT
drafts/res-1.md
drafts/res-1/CIS.md
drafts/res-1/base.md
EOT
run adref audit res-1 HEAD~1..HEAD
expect_status 0

it 'does not take a consolidated draft for the base of its texts'
beside
run adref consolidate res-1
run adref consolidate res-1
expect_status 2
expect_one_line
expect_err_has 'base'

it 'takes a draft for the base that has nothing but something to fill in'
beside
sed -i 's/every year/by [XX]/' drafts/res-1.md drafts/res-1/EUR.md
sed -i 's/every two years/by May/' drafts/res-1/AFR.md
git commit -qam 'a gap'
run adref consolidate res-1
expect_status 0
expect_file drafts/res-1.md <<EOT
to [invite / EUR: urge] Members to report by [[XX] / AFR: May]
EOT
run adref consolidate res-1
expect_status 2
expect_err_has 'base'

it 'starts from the base that the draft names, and keeps its front matter'
beside
first=$(git rev-parse HEAD)
printf -- "---\\nbase: $first\\n---\\n\\nto [invite / EUR: urge] Members\\n" >drafts/res-1.md
printf 'to urge Members to report every two years\n' >drafts/res-1/CIS.md
run adref consolidate --output - res-1
expect_status 0
expect_out <<EOT
---
base: $first
---
to [invite / CIS, EUR: urge] Members to report every [year / AFR, CIS: two years]
EOT
printf -- '---\nbase: nowhere\n---\n\nto invite\n' >drafts/res-1.md
run adref consolidate --output - res-1
expect_status 3
expect_one_line
expect_err_has 'nowhere'
printf 'to invite Members to report\n' >drafts/res-1/base.md
run adref consolidate --output - --base drafts/res-1/base.md res-1
expect_status 0

it 'takes back nothing that is settled without being told to'
beside
printf 'to invite Members to report every year\n' >drafts/res-1/base.md
sed -i '1i ---\nbase: drafts/res-1/base.md\n---\n' drafts/res-1.md
git add -A && git commit -qm base
adref consolidate res-1 2>/dev/null
adref resolve res-1 1 2 2>/dev/null
cp drafts/res-1.md decided.md
run adref consolidate res-1
expect_status 3
expect_err_has '1 paragraph loses words that are settled: "urge"'
expect_err_has '"--base drafts/res-1.md" starts from what it says'
expect_same decided.md drafts/res-1.md
run adref consolidate --base drafts/res-1.md res-1
expect_status 0
expect_file_has drafts/res-1.md 'urge'
git reset -q --hard HEAD~1
run adref consolidate --yes res-1
expect_status 0
expect_file_has drafts/res-1.md '[invite / EUR: urge]'

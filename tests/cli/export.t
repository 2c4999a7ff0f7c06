# SPDX-License-Identifier: MIT
. "$ADREF_SOURCE/tests/cli/lib.sh"

it 'writes text with brackets, without ids, or clean'
printf 'x [a / AFR: b]{#b1} y\n' >d.md
run adref export --format txt d.md
expect_status 0
expect_file d.txt <<EOT
x [a / AFR: b] y
EOT
run adref export --clean --output - --format txt d.md
expect_out <<EOT
x a y
EOT

it 'overwrites a file only when told'
printf 'x\n' >d.md
printf 'mine\n' >d.txt
run adref export --format txt d.md
expect_status 3
expect_one_line
expect_err_has '--force'
expect_file d.txt <<EOT
mine
EOT
run adref export --force --format txt d.md
expect_status 0
expect_file d.txt <<EOT
x
EOT

it 'makes a docx through pandoc'
if command -v pandoc >/dev/null 2>&1; then
	workspace
	run adref export --output out.docx res-reunions
	expect_status 0
	pandoc out.docx -t plain --wrap=none >back
	expect_file_has back 'la plupart'
else
	skip 'needs pandoc'
fi

it 'knows no other format'
printf 'x\n' >d.md
run adref export --format pdf d.md
expect_status 2
expect_err_has 'use docx, odt, html or txt'

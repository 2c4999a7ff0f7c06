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
run adref export --format rtf d.md
expect_status 2
expect_err_has 'use docx, odt, html or txt'
run adref export --output d.pdf d.md
expect_status 2
expect_err_has 'make a .docx or .html, and print'

it 'marks what changed since a version: accepted it is the new text, rejected the old one'
if command -v pandoc >/dev/null 2>&1; then
	workspace
	git show HEAD:drafts/res-reunions.md >then.md
	run adref resolve res-reunions 8 2
	expect_status 0
	sed '5d
		s/Conférence/grande Conférence/' drafts/res-reunions.md >changed
	printf '\nEine neue Zeile mit [zwei / AFR: drei] Worten, [hier](https://a.example/b).\n' >>changed
	cp changed drafts/res-reunions.md
	git config user.name 'Ana "Nita" `d[e]} \'
	run adref export --since HEAD~1 --output marked.docx res-reunions
	expect_status 0
	for text in then.md drafts/res-reunions.md; do
		run adref export --force --output whole.docx $text
		expect_status 0
		adref import --yes --output - whole.docx >"whole-${text##*/}" 2>/dev/null
	done
	run adref import --yes --track-changes accept --output - marked.docx
	expect_same "$T/out" whole-res-reunions.md
	run adref import --yes --track-changes reject --output - marked.docx
	expect_same "$T/out" whole-then.md
	expect_err_has 'tracked changes'
else
	skip 'needs pandoc'
fi

it 'leaves no empty paragraph and no empty row behind, accepted or rejected'
if command -v pandoc >/dev/null 2>&1; then
	repository
	mkdir drafts
	printf '# Title\n\nfirst one\n\n## Gone\n\nat [a site](https://a.example) gone\n\nkept\n\n| a | b |\n|---|---|\n| old | row |\n| it | stays |\n\nend\n' >drafts/d.md
	git add drafts && git commit -q -m x
	cp drafts/d.md then.md
	printf 'A new begin\n\n# Title\n\nfirst one\n\nkept\n\n| a | b |\n|---|---|\n| it | stays |\n| and | more |\n| | again |\n\nend\n\nwhat comes now is another text\n\n- and more\n' >drafts/d.md
	run adref export --since "$(git log -1 --format=%cs)" --output marked.docx d
	expect_status 0
	for text in then.md drafts/d.md; do
		adref export --output whole.docx --force $text 2>/dev/null
		adref import --yes --output - whole.docx >"ours-${text##*/}" 2>/dev/null
	done
	for how in accept reject; do
		run pandoc -f docx+empty_paragraphs -t native --track-changes=$how marked.docx
		expect_out_lacks 'Para []'
	done
	run adref import --yes --track-changes accept --output - marked.docx
	expect_same "$T/out" ours-d.md
	run adref import --yes --track-changes reject --output - marked.docx
	expect_same "$T/out" ours-then.md
else
	skip 'needs pandoc'
fi

it 'marks nothing where there is no past, or no way to'
workspace
run adref export --since nonsense --output a.docx res-reunions
expect_status 3
expect_one_line
run adref export --since HEAD --output a.odt res-reunions
expect_status 2
expect_err_has '.docx and .html only'
run adref export --since HEAD --output - - <drafts/res-reunions.md
expect_status 2
expect_one_line

it 'gives clauses their numbers back, whatever it was written as'
if command -v pandoc >/dev/null 2>&1; then
	workspace
	printf '# Title\n\nresolves\n\n1\tto eat [well];\n\n1.1) to rest\n\n2\tto drink;\n\n10 kg of it\n' >drafts/n.md
	for format in docx odt html; do
		run adref export --output "n.$format" n
		run adref import --yes --output "back-$format.md" "n.$format"
		expect_same drafts/n.md "back-$format.md"
	done
else
	skip 'needs pandoc'
fi

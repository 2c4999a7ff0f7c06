# SPDX-License-Identifier: MIT
. "$ADREF_SOURCE/tests/cli/lib.sh"

it 'joins wrapped lines and shows what goes'
workspace
cat >text.txt <<'EOT'
The Conference, recalling the resolutions that were adopted at the last
conference and the reports of the preparatory meetings of the six
regions,

considering [bookmark: x1]that the work of the conference is prepared by
meetings in all the regions, and that these meetings need the documents
in time and in the languages in which the delegates work every day,

noting that the reports of these meetings are sent to the members at the
latest four weeks before the conference, and that members have asked for
more time to read them and to talk about them with one another at home,
EOT
run adref import --dry-run text.txt
expect_status 0
expect_err_has 'bookmark'
[ -e drafts/text.md ] && fail 'a dry run wrote the draft'
run adref import text.txt
expect_status 0
expect_out </dev/null
expect_err_has 'drafts/text.md is written'
expect_file_lacks drafts/text.md 'bookmark'
expect_file_has drafts/text.md 'adopted at the last conference and the reports of the preparatory meetings of the six regions,'
run adref commit text
expect_status 0

it 'never writes over a draft'
workspace
cp drafts/declaration.md before
printf 'other\n' >declaration.txt
run adref import declaration.txt
expect_status 3
expect_err_has 'drafts/declaration.md is there already'
expect_same before drafts/declaration.md
run adref import --name 'a b' declaration.txt
expect_status 2
run adref import --name ../x declaration.txt
expect_status 2
[ -e x.md ] && fail 'written outside of drafts/'
:

it 'puts what a party wrote beside the draft, in a folder that it makes'
workspace
draft talk <<'EOT'
one
EOT
printf 'one or two\n' >africa.txt
run adref import --name talk/AFR africa.txt
expect_status 0
expect_err_has '"adref commit talk/AFR"'
expect_file drafts/talk/AFR.md <<'EOT'
one or two
EOT
run adref commit talk/AFR
expect_status 0
git status --porcelain -- drafts >left
expect_file left </dev/null
run adref import --name talk/AFR africa.txt
expect_status 3
expect_err_has 'drafts/talk/AFR.md is there already'
for name in talk/XYZ none/AFR talk/../AFR talk/AFR/AFR /AFR; do
	run adref import --name $name africa.txt
	expect_status 2
	expect_err_has "$name: not a text's name; write NAME/CODE"
done
[ -e drafts/none ] && fail 'a folder was made'
:

it 'works as a filter'
run adref import --output - --keep-lines - <<EOT
one
two
EOT
expect_status 0
expect_out <<EOT
one
two
EOT

it 'says where the heading row of a table in an odt may be gone'
if command -v pandoc >/dev/null 2>&1; then
	workspace
	printf 'One\n\n| Band | Width |\n|---|---|\n| 380 | 20 |\n' >t.md
	pandoc -f markdown -t odt -o t.odt t.md
	pandoc -f markdown -t docx -o t.docx t.md
	run adref import --output o.md t.odt
	expect_status 0
	grep -q Band o.md || expect_err_has "line 3: a table's heading row is empty"
	run adref import --output d.md t.docx
	expect_status 0
	expect_file_has d.md Band
	case $(cat "$T/err") in *heading*) fail 'a heading that is there' ;; esac
else
	skip 'needs pandoc'
fi

it 'reads docx through pandoc'
if command -v pandoc >/dev/null 2>&1; then
	workspace
	printf 'The Conference,\n\nconsidering [the work][it],\n' | pandoc -f markdown -t docx -o t.docx
	run adref import t.docx --name fromword
	expect_status 0
	expect_file_has drafts/fromword.md 'The Conference,'
	printf 'no docx at all' >bad.docx
	run adref import bad.docx
	expect_status 3
	expect_err_has 'bad.docx'
else
	skip 'needs pandoc'
fi

it 'says whose tracked changes it takes, and makes points of them'
if command -v pandoc >/dev/null 2>&1; then
	workspace
	cat >t.md <<'EOT'
The Conference, which meets [once]{.deletion author="EUR" date="2025-01-01T00:00:00Z"}[twice]{.insertion author="EUR" date="2025-01-01T00:00:00Z"} in every year, thanks [all]{.insertion author="Jane Doe" date="2025-01-01T00:00:00Z"} who came,

notes[why?]{.comment-start id="0" author="Jane Doe" date="2025-01-01T00:00:00Z"} the report[]{.comment-end id="0"} of the group,[^1]

[decides to go on.]{.insertion author="Africa" date="2025-01-01T00:00:00Z"}[]{.paragraph-insertion author="Africa" date="2025-01-01T00:00:00Z"}

+------+-------+
| Band | Width |
|      |       |
| MHz  | kHz   |
+------+-------+

[^1]: A footnote.
EOT
	pandoc -f markdown -t docx -o t.docx t.md
	run adref import --output accepted.md t.docx
	expect_status 0
	expect_err_has 'tracked changes of EUR, taken as accepted: 1 insertion, 1 deletion'
	expect_err_has 'tracked changes of Jane Doe, taken as accepted: 1 insertion'
	expect_err_has '1 comment of Jane Doe is left out'
	expect_err_has '--track-changes reject'
	expect_file_has accepted.md 'which meets twice in every year, thanks all who came,'
	expect_file_has accepted.md 'decides to go on.'
	expect_file_has accepted.md 'A footnote.'
	expect_file_has accepted.md '| Band MHz | Width kHz |'
	run adref import --track-changes reject --output rejected.md t.docx
	expect_status 0
	expect_err_has 'tracked changes of EUR, taken as rejected: 1 insertion, 1 deletion'
	expect_file_has rejected.md 'which meets once in every year, thanks who came,'
	expect_file_lacks rejected.md 'decides'
	run adref import --track-changes brackets --output brackets.md t.docx
	expect_status 0
	expect_err_has 'tracked changes of Africa, in brackets for AFR: 1 insertion'
	expect_err_has 'tracked changes of Jane Doe, in brackets without a party: 1 insertion'
	expect_file_has brackets.md 'which meets [once / EUR: twice] in every year, thanks [all] who came,'
	expect_file_has brackets.md '[AFR: decides to go on.]'
	run adref project --as base brackets.md
	expect_out_has 'which meets once in every year'
	sed 's/author="EUR"/author="Eva Lund (CEPT)"/' t.md | pandoc -f markdown -t docx -o code.docx
	run adref import --track-changes brackets --output code.md code.docx
	expect_status 0
	expect_err_lacks 'regions.yaml'
	expect_file_has code.md 'which meets [once / EUR: twice] in every year'
	echo '- [' >drafts/regions.yaml
	run adref import --track-changes brackets --output default.md t.docx
	expect_status 0
	expect_err_has 'drafts/regions.yaml:'
	run adref import --output accepted-again.md t.docx
	expect_err_lacks 'drafts/regions.yaml'
	# Where a converter would find other changes than are found here, or none.
	if command -v python3 >/dev/null 2>&1; then
		cat >foreign.py <<'EOT'
import zipfile
with zipfile.ZipFile("t.docx") as a, zipfile.ZipFile("foreign.docx", "w") as b:
    for name in a.namelist():
        text = a.read(name)
        if name == "word/document.xml":
            text = text.replace(b"http://schemas.openxmlformats.org/wordprocessingml/2006/main", b"urn:x", 1)
        b.writestr(name, text)
EOT
		python3 foreign.py
		run adref import --track-changes reject --output foreign.md foreign.docx
		expect_status 3
		expect_err_has 'its tracked changes cannot be found'
		run adref import --output foreign.md foreign.docx
		expect_status 0
		expect_err_has 'taken as accepted, uncounted'
	fi
	run adref import --track-changes none t.docx
	expect_status 2
	expect_err_has 'none: accept, reject or brackets'
else
	skip 'needs pandoc'
fi

it 'says what it cannot see of an odt'
if command -v pandoc >/dev/null 2>&1; then
	workspace
	printf 'One\n' | pandoc -f markdown -t odt -o t.odt
	run adref import --output o.md t.odt
	expect_status 0
	expect_err_has 'save the file as .docx to see them'
else
	skip 'needs pandoc'
fi

it 'says so where there is no such file'
workspace
run adref import nothing.txt
expect_status 3
expect_one_line
expect_err_has 'nothing.txt'

it 'takes for text what is text in UTF-8 alone'
printf '\320\317\021\340\241\261\032\341 old Word' >a.doc
printf '{\\rtf1\\ansi Hello\\par}' >a.rtf
for file in a.doc a.rtf; do
	run adref import --yes --output - $file
	expect_status 3
	expect_one_line
	expect_err_has 'save it as .docx'
done
printf '\377\376a\000b\000' >utf-16.txt
printf '\312\356\355\364\345\360\345\355\366\350\377 [1]\n' >cp1251.txt
printf '\276\366\266\250[1]\n' >gb18030.txt
printf 'a\000b' >nul.txt
for file in utf-16.txt cp1251.txt gb18030.txt nul.txt; do
	run adref import --yes --output - $file
	expect_status 3
	expect_one_line
	expect_err_has 'UTF-8'
done
printf 'décide d\351sormais de réunir\n' >stray.txt
run adref import --yes --output - stray.txt
expect_status 0
expect_same stray.txt "$T/out"

# SPDX-License-Identifier: MIT
. "$ADREF_SOURCE/tests/cli/lib.sh"

it 'makes a paper of the open points'
workspace
run adref report res-reunions
expect_status 0
expect_out_has '## res-reunions: Réunions préparatoires régionales et interrégionales'
expect_out_has '| 8 | \+2 | \~2 | \!3 | \~2 | · | \+2 | near-consensus on option 2: ARB objects |'
expect_out_has '* option 2: au moins une — supports: AFR, EUR; can accept: AMS, ASP'
expect_out_has 'All but one of 5 agree.'

it 'writes HTML that stands alone, by the ending of the file'
workspace
run adref report --output points.html res-reunions res-connectivity
expect_status 0
expect_out </dev/null
expect_err_has 'points.html is written'
expect_file_has points.html '<!DOCTYPE html>'
expect_file_has points.html '<td class="near-consensus" dir="auto">near-consensus on option 2: ARB objects</td>'
expect_file_has points.html '<h2 dir="auto">res-connectivity'
expect_file_lacks points.html '<script'
expect_file_lacks points.html 'href='
expect_file_lacks points.html 'src='

it 'writes CSV, a line a point'
workspace
run adref report --format csv res-connectivity
expect_status 0
[ "$(wc -l <"$T/out")" = 21 ] || fail 'not 20 points and a head' "$T/out"
[ "$(grep -c "$(printf '\r')" "$T/out")" = 21 ] || fail 'line ends are not CR LF'
expect_out_has '"consensus on option 1","silent","supports option 1","silent","supports option 1 (flexible)","no position","can accept option 1 (flexible)",3,0,3,0,""'

it 'names nobody in an anonymous one, whatever the format'
workspace
draft talk <<'EOT'
hold [one / AFR, EUR: two [ARB: or three / more (CIS)](ASP) / ECP: no text]{#b1} of [them](AMS: delete) – (APT: delete)

[w [v](EUR: delete) u – RCC](ATU) end
EOT
for code in AFR AMS ARB ASP CIS EUR; do
	adref position talk 1 $code supports 1 --source "$code/1" --note "$code said so" --meeting "RPM-$code" 2>/dev/null
done
adref position talk 1 CIS opposes 2 --strength red-line 2>/dev/null
for format in md html csv; do
	run adref report --anonymous --format $format talk res-reunions res-connectivity
	expect_status 0
	[ $format = csv ] || expect_raw_free
	sed -n 's/^ *- code: \(.*\)/\1/p; s/^ *organisation: \(.*\)/\1/p; s/^ *aliases: \[\(.*\)\]/\1/p; s/.*{name: \([^,]*\), email.*/\1/p; s/.*email: \([^,}]*\).*/\1/p' \
		"$ADREF_SOURCE/drafts/regions.yaml" | tr ',' '\n' | sed 's/^ *//' >names
	[ "$(wc -l <names)" -gt 30 ] || fail 'the names were not found' names
	grep -awFf names "$T/out" >leaks && fail "$format names somebody" leaks
done
expect_out_has 'talk'

it 'writes from what has no parties in it'
grep -nE '#include.*(party|position|verdict|matrix|bracket)|parties|party_' "$ADREF_SOURCE"/src/core/report_write.c "$ADREF_SOURCE"/src/core/report_html.c "$ADREF_SOURCE"/src/core/report_impl.h |
	grep -v 'knows of parties' >knows && fail 'what writes could know who' knows
:

it 'refuses what it does not know'
workspace
run adref report --format pdf res-reunions
expect_status 2
run adref report --output points.pdf res-reunions
expect_status 2
expect_one_line
expect_err_has 'points.pdf: its ending is no format; use .md, .html or .csv, or --format'
[ -e points.pdf ] && fail 'written all the same'
run adref report --format md --output points.txt res-reunions
expect_status 0
mkdir of.2030
run adref report --output of.2030/points res-reunions
expect_status 0
run adref report nothing
expect_status 3
expect_one_line
run adref report
expect_status 2

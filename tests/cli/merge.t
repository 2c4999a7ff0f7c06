# SPDX-License-Identifier: MIT
. "$ADREF_SOURCE/tests/cli/lib.sh"

texts() {
	printf 'Members shall report every year to the Council\n' >base.md
	printf 'Members should report every year to the Council\n' >afr.md
	printf 'Members may report every year to the Union\n' >eur.md
}

it 'takes what one side changed, and makes a point of what both changed'
texts
run adref merge-file --ours AFR --theirs origin/CEPT base.md afr.md eur.md
expect_status 1
expect_file afr.md <<EOT
Members [shall / EUR: may / AFR: should] report every year to the Union
EOT
run adref check afr.md
expect_status 0
texts
run adref merge-file base.md base.md eur.md
expect_status 0
expect_same base.md eur.md

it 'prints the result and leaves the file, when asked to'
texts
cp afr.md before.md
run adref merge-file --stdout base.md afr.md eur.md
expect_status 1
expect_out <<EOT
Members [shall / may / should] report every year to the Union
EOT
expect_same afr.md before.md

it 'leaves both texts as one point where it cannot merge them'
texts
run adref merge-file --ours AFR --theirs EUR missing.md afr.md eur.md
expect_status 1
expect_one_line
expect_file afr.md <<EOT
[
EUR:
Members may report every year to the Union
/
AFR:
Members should report every year to the Council
]
EOT
texts
printf 'a\0b\n' >eur.md
run adref merge-file base.md afr.md eur.md
expect_status 1
expect_file_has afr.md 'Members should report'
[ "$(head -1 afr.md)" = '[' ] || fail 'OURS stands there alone' afr.md

it 'leaves both texts there when memory is short or it is killed'
texts
i=0
while [ $i -lt 300000 ]; do
	i=$((i + 60000))
	awk -v n=60000 -v at=$i 'BEGIN { for (i = 0; i < n; i++) printf "word%d of %d\n\n", i, at }'
done >base.md
sed 's/^word5/other5/' base.md >afr.md
sed 's/^word5/again5/' base.md >eur.md
status=0
(ulimit -v 200000 && adref merge-file base.md afr.md eur.md) 2>"$T/err" || status=$?
# A sanitised program needs more than that to begin with.
if [ $status != 1 ] && ! grep -q Sanitizer "$T/err"; then fail "exit status $status" "$T/err"; fi
if [ $status = 1 ]; then
	expect_file_has afr.md 'other50000 of'
	expect_file_has afr.md 'again50000 of'
fi

it 'refuses what is no file, and says so in one line'
texts
run adref merge-file base.md afr.md
expect_status 2
run adref merge-file base.md afr.md missing.md
expect_status 3
expect_one_line
run adref merge-file base.md missing.md eur.md
expect_status 3
expect_one_line
expect_file_has afr.md 'Members should'

it 'merges the files beside a draft by entry'
printf 'b1:\n  stance: supports\n  date: 2025-01-01\n' >base.yaml
printf 'b1:\n  stance: supports\n  date: 2025-01-01\nb2:\n  stance: opposes\n' >ours.yaml
printf 'b1:\n  stance: reserves\n  date: 2025-02-01\n' >theirs.yaml
run adref merge-file base.yaml ours.yaml theirs.yaml
expect_status 0
expect_file ours.yaml <<EOT
b1:
  stance: reserves
  date: 2025-02-01
b2:
  stance: opposes
EOT


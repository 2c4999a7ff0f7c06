# SPDX-License-Identifier: MIT
. "$ADREF_SOURCE/tests/cli/lib.sh"

# chinese LANG ARGUMENT…: adref, as who asks for that by LANG alone.
chinese() { lang=$1 && shift && run env -u LC_ALL -u LANGUAGE LANG="$lang" "$ADREF" "$@"; }
texts() {
	repository
	draft one <<EOT
大会[决定]举行会议。
EOT
	draft two <<EOT
大会[决定]举行会议[每年]。
EOT
}

it 'speaks Chinese to who asks for it, with a country, a character set or neither'
for lang in zh_CN.UTF-8 zh_SG.UTF-8 zh_CN zh; do
	chinese "$lang" help
	expect_status 0
	expect_out_has '打开工作台'
done

it 'counts in Chinese, one as several'
texts
chinese zh_CN.UTF-8 brackets one
expect_out_has '1 个未决要点'
chinese zh_CN.UTF-8 brackets two
expect_out_has '2 个未决要点'

it 'says in Chinese what went wrong, whichever part of the program says it'
texts
chinese zh_CN.UTF-8 brackets three
expect_status 3
expect_err_has '没有这个草案或文件'
chinese zh_CN.UTF-8 resolve one 1 5
expect_err_has '第 1 点有一个方案'

it 'leaves words that are data as they are'
texts
chinese zh_CN.UTF-8 position one 1 AFR supports 1
expect_status 0
git show HEAD:drafts/one/AFR.positions.yaml >positions
expect_file_has positions 'stance: supports'

it 'says in Chinese what was decided, which the commit keeps in English'
texts
chinese zh_CN.UTF-8 resolve one 1 1
expect_status 0
expect_err_has '第 1 点已决定：方案 1，"决定"'
git log -1 --format=%B >message
expect_file_has message 'option 1, "决定"'
chinese zh_CN.UTF-8 log one
expect_out_has '决定：第 1 点, 方案 1，"决定"'
chinese zh_CN.UTF-8 undo one
expect_err_has '已撤销：第 1 点，方案 1，"决定"'
chinese zh_CN.UTF-8 resolve two 2 text --text 每两年
expect_err_has '新措辞 "每两年"'
chinese zh_CN.UTF-8 resolve two 1 0
expect_err_has '第 1 点已决定：无案文'

it 'keeps columns in line, where a sign is two columns wide'
texts
"$ADREF" position two 2 AFR opposes 1 >"$T/null" 2>&1
chinese zh_CN.UTF-8 positions two
expect_status 0
# What stands before the verdict, a sign of two columns as two letters: as wide in every row.
grep -E '结论|^ +[12] +\[' "$T/out" | sed -E 's/(结论|未表态|分歧).*//' |
	LC_ALL=C sed -E 's/[\xE4-\xE9][\x80-\xBF]{2}/xx/g; s/\xC2\xB7/x/g' >rows
[ "$(wc -l <rows)" -eq 3 ] || fail 'not three rows' "$T/out"
[ "$(awk '{ print length }' rows | sort -u | wc -l)" -eq 1 ] || fail 'out of line' "$T/out"

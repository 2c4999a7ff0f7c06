# SPDX-License-Identifier: MIT
. "$ADREF_SOURCE/tests/e2e/lib.sh"

it 'shows the desk, the chair, the matrix, the log and the keys in Chinese'
repository
drafted res-a <<EOT
---
title: 第一份
---
大会[决定 / AFR: 决议]举行会议[每年]。
EOT
open_screen 80x24 env -u LC_ALL -u LANGUAGE LANG=zh_CN.UTF-8 "$ADREF"
see '2 个未决要点'
see 'Enter 编辑  c 主席'
keys c
see '第 1 点，共 2 点'
see '1-9 选择'
keys 1
see '方案 1，"决定"。u 撤销'
keys q
see '1 个未决要点'
keys m
see '结论'
see '未表态'
keys q
see '1 个未决要点'
keys l
see '2 个版本'
keys '?'
see '按键 · 历史'
keys Escape
see '2 个版本'
keys q
see 'Enter 编辑'
keys q
ends 0

# SPDX-License-Identifier: MIT
. "$ADREF_SOURCE/tests/cli/lib.sh"

it 'says its name and version'
run adref --version
expect_status 0
expect_out_has 'adref '
expect_err </dev/null

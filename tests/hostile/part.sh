# shellcheck shell=sh
# SPDX-License-Identifier: MIT
#
# One part of tests/hostile in its short form, for tests/tools/run.
if command -v python3 >/dev/null; then
	exec python3 "$ADREF_SOURCE/tests/hostile/hostile" short "$(dirname "$ADREF")" "$part"
fi
echo "ok 1 - $part # SKIP no python3"

# SPDX-License-Identifier: MIT
# A sample of what `make torture` tries: tests/hostile/shown.py says what.
part=shown
. "$ADREF_SOURCE/tests/hostile/part.sh"

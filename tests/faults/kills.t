# SPDX-License-Identifier: MIT
# A sample of what `make torture` tries: tests/faults/kills.py says what.
part=kills
. "$ADREF_SOURCE/tests/faults/part.sh"

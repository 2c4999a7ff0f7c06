# SPDX-License-Identifier: MIT
# A sample of what `make torture` tries: tests/faults/journal.py says what.
part=journal
. "$ADREF_SOURCE/tests/faults/part.sh"

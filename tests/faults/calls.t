# SPDX-License-Identifier: MIT
# A sample of what `make torture` tries: tests/faults/calls.py says what.
part=calls
. "$ADREF_SOURCE/tests/faults/part.sh"

# SPDX-License-Identifier: MIT
# A sample of what `make torture` tries: tests/faults/crowd.py says what.
part=crowd
. "$ADREF_SOURCE/tests/faults/part.sh"

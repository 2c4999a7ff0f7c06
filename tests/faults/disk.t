# SPDX-License-Identifier: MIT
# A sample of what `make torture` tries: tests/faults/disk.py says what.
part=disk
. "$ADREF_SOURCE/tests/faults/part.sh"

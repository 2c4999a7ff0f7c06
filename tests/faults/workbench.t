# SPDX-License-Identifier: MIT
# A sample of what `make torture` tries: tests/faults/workbench.py says what.
part=workbench
. "$ADREF_SOURCE/tests/faults/part.sh"

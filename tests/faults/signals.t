# SPDX-License-Identifier: MIT
# A sample of what `make torture` tries: tests/faults/signals.py says what.
part=signals
. "$ADREF_SOURCE/tests/faults/part.sh"

# SPDX-License-Identifier: MIT
# A sample of what `make torture` tries: tests/hostile/sizes.py says what.
part=sizes
. "$ADREF_SOURCE/tests/hostile/part.sh"

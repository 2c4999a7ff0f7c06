# SPDX-License-Identifier: MIT
# A sample of what `make torture` tries: tests/hostile/stranger.py says what.
part=stranger
. "$ADREF_SOURCE/tests/hostile/part.sh"

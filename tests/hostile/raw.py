# SPDX-License-Identifier: MIT
"""What is raw: bytes that a terminal would obey, or that hide or reorder text."""
import re
import unicodedata

# Format characters that are seen (signs of numbers), and what scripts need.
SEEN = {*range(0x600, 0x606), 0x6DD, 0x70F, 0x890, 0x891, 0x8E2, 0x110BD, 0x110CD}
NEEDED = {0x200C, 0x200D}
IGNORABLE = [
    (0x34F, 0x34F), (0x115F, 0x1160), (0x17B4, 0x17B5), (0x180E, 0x180E), (0x2060, 0x206F), (0x3164, 0x3164),
    (0xFFA0, 0xFFA0), (0xFFF0, 0xFFFB), (0x1BCA0, 0x1BCA3), (0x1D173, 0x1D17A), (0xE0000, 0xE0FFF),
]
PLAIN = re.compile(r"[\n\t -~\u00a1-\u00ac\u00ae-\u02ff\u0370-\u05ff\u2010-\u2027\u2190-\u23ff\u2460-\u2bff]*")

# All that curses says to a terminal of TERM=xterm-256color, and what ui/term adds: CSI with these endings,
# modes of these numbers, character sets, keypad. No OSC, DCS, APC, PM, SOS; C1 in no form.
FINALS = b"ABCDGHJKLMPSTXZ@bdmrhl"
MODES = {1, 3, 4, 7, 8, 12, 25, 1000, 1002, 1004, 1006, 1034, 1049, 2004, 2026}
# The title put by and brought back, the cursor's shape, as terminfo has them.
OTHERS = re.compile(rb"\x1b\[(?:2[23];0;0t|[0-6] q)")
SEQUENCE = re.compile(rb"\x1b(?:\[([?>]?)([0-9;]*)([@-~])|([()][0B])|([=>78M]))")


def of_text(text, floods=True):
    """What is raw in a text, or None. text: str. floods: of marks, too; data has them as they are."""
    marks = 0
    at = 0
    while at < len(text):
        end = PLAIN.match(text, at).end()
        if end > at:
            marks = 0
            at = end
            continue
        c = text[at]
        cp = ord(c)
        category = unicodedata.category(c)
        marks = marks + 1 if category in ("Mn", "Me") or cp in NEEDED else 0
        bad = (
            category in ("Cc", "Co", "Cs", "Zl", "Zp")
            or (category == "Cf" and cp not in SEEN and cp not in NEEDED)
            or cp & 0xFFFE == 0xFFFE
            or 0xFDD0 <= cp <= 0xFDEF
            or any(a <= cp <= b for a, b in IGNORABLE)
        )
        if bad:
            return f"U+{cp:04X} at {at}: {text[max(0, at - 20):at + 10]!r}"
        if floods and marks > 64:
            return f"a flood of marks at {at}"
        at += 1
    return None


def of_bytes(data, floods=True):
    """What is raw in a command's output, or None."""
    try:
        return of_text(data.decode("utf-8"), floods)
    except UnicodeDecodeError as e:
        return f"no UTF-8 at {e.start}: {data[max(0, e.start - 20):e.start + 10]!r}"


def of_terminal(data):
    """What is raw in what a program sent to its terminal, or None."""
    text = bytearray()
    at = 0
    while at < len(data):
        c = data[at]
        if c == 0x1B:
            m = OTHERS.match(data, at)
            if m:
                at = m.end()
                continue
            m = SEQUENCE.match(data, at)
            if not m:
                return f"a sequence of nobody at {at}: {data[at:at + 30]!r}"
            if m[3] and (m[3] not in FINALS or m[1] == b">"):
                return f"a sequence that is not in terminfo: {m[0]!r}"
            if m[3] and m[3] in b"hl" and not {int(x or 0) for x in m[2].split(b";")} <= MODES:
                return f"a mode that is not in terminfo: {m[0]!r}"
            at = m.end()
            continue
        if c in b"\r\n\b\x0e\x0f":  # where lines are drawn, and to the line's start
            text += b"\n"
        elif c != 0:
            text.append(c)
        else:
            return f"NUL at {at}"
        at += 1
    return of_bytes(bytes(text))

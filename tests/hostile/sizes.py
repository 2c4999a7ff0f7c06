# SPDX-License-Identifier: MIT
"""Texts of any size and shape: an answer, or a refusal that says why, in two seconds and 256 MB.

The long form makes them as large as they come, and holds each command to that. The short one makes each small, and
again four times as large: what takes its time must take it in proportion.
"""
import io
import os
import shutil
import struct
import zipfile

MB = 1000 * 1000
CPU, MEMORY = 2.0, 256 << 20
PARTIES = ("AFR", "AMS", "ARB", "ASP", "CIS", "EUR")

# name -> (how often in the long form, in the short one; the text for a number)
SHAPES = {
    "deep": (MB, 2500, lambda n: b"[" * n + b"x" + b"]" * n + b"\n"),
    "deep-just": (MB // 2 - 1, 0, lambda n: b"[" * n + b"x" + b"]" * n + b"\n"),
    "deep-options": (MB, 2500, lambda n: b"[a / " * n + b"x" + b"]" * n + b"\n"),
    "deep-lines": (MB // 4 - 1, 2500, lambda n: b"[a\n" * n + b"b]\n" * n),
    "unclosed": (10 * MB, 5000, lambda n: b"[" * n),
    "unclosed-just": (MB, 0, lambda n: b"[" * n),
    "unopened": (10 * MB, 5000, lambda n: b"]" * n),
    "half-open": (10 * MB // 4, 2500, lambda n: b"[a][" * n),
    "point-of-many": (MB, 2500, lambda n: b"[a]" * n),
    "options": (MB, 2500, lambda n: b"[" + b" / ".join([b"o%d" % i for i in range(n)]) + b"]\n"),
    "ids": (MB // 4, 1250, lambda n: b"".join(b"[a]{#b%d}\n" % i for i in range(n))),
    "marks": (5 * MB, 5000, lambda n: b"a" + "\u0301".encode() * n),
    "nul": (10 * MB, 5000, lambda n: b"\0" * n),
    "line": (20 * MB, 5000, lambda n: b"word " * n),
    "line-brackets": (7 * MB, 1250, lambda n: b"word [a / b] w " * n),
    "paragraphs": (36 * MB, 1250, lambda n: b"a short paragraph of words\n\n" * n),
    "empty-lines": (10 * MB, 12500, lambda n: b"\n" * n),
    "labels": (2 * MB, 1250, lambda n: b"a) x\n" * n),
    "headings": (2 * MB, 1250, lambda n: b"# x\n" * n),
    "code": (10 * MB, 5000, lambda n: b"`" * n),
    "comments": (10 * MB // 4, 2500, lambda n: b"<!--" * n),
    "backslashes": (10 * MB, 5000, lambda n: b"\\" * n),
    "footnotes": (5 * MB, 2500, lambda n: b"[^" * n),
    "links": (10 * MB // 4, 2500, lambda n: b"[a](" * n),
}

# What reads one draft, and what compares it with itself changed in the middle. {}: the draft, {2}: that.
COMMANDS = {
    "brackets": "brackets {}",
    "json": "brackets --json {}",
    "check": "check {}",
    "project": "project --as AFR {}",
    "resolve": "resolve --dry-run {} 1 1",
    "replace": "replace --dry-run {} absent other",
    "renumber": "renumber --dry-run {}",
    "diff": "diff {} {2}",
    "merge": "merge-file {} ours {2}",
    "consolidate": "consolidate --base {} " + " ".join(code + "={2}" for code in PARTIES),
}


def write(folder, make, n):
    """By a process of its own: what this one is grown to would count as the program's."""
    pid = os.fork()
    if pid == 0:
        write_all(folder, make, n)
        os._exit(0)
    os.waitpid(pid, 0)


def write_all(folder, make, n):
    text = make(n)
    middle = len(text) // 2
    while middle < len(text) and text[middle] & 0xC0 == 0x80:
        middle += 1
    for name, end in (("a.md", b""), ("b.md", b" other "), ("c.md", b" yet other ")):
        with open(os.path.join(folder, name), "wb") as f:
            f.write(text[:middle] + end + text[middle:])


def run_one(lab, folder, command):
    """(exit status, what it said, seconds of the processor, bytes of memory)"""
    if command == "merge":
        shutil.copyfile(os.path.join(folder, "c.md"), os.path.join(folder, "ours"))
    words = COMMANDS[command].replace("{2}", "b.md").replace("{}", "a.md").split()
    status, said = lab.measured(words, folder)
    return status, said, lab.usage.ru_utime + lab.usage.ru_stime, lab.usage.ru_maxrss * 1024


def wrong(status, said):
    """Neither done, nor "no", nor refused in words."""
    if status not in (0, 1, 3):
        return [f"ended with {status}: {said}"]
    return ["refused without a word"] if status == 3 and not said else []


def hold(lab, what, status, said):
    cpu, memory = lab.usage.ru_utime + lab.usage.ru_stime, lab.usage.ru_maxrss * 1024
    found = wrong(status, said)
    if cpu > CPU * lab.slow:
        found.append(f"{cpu:.1f} s of the processor")
    if memory > MEMORY and not lab.san:
        found.append(f"{memory >> 20} MB")
    return [f"{what}: {one}" for one in found]


def at_full_size(lab, name):
    n, _, make = SHAPES[name]
    folder = lab.fresh("size")
    write(folder, make, n)
    found = []
    for command in COMMANDS:
        status, said, _, _ = run_one(lab, folder, command)
        found += hold(lab, command, status, said)
    _, status = lab.screen(["edit", "a.md"], folder, [b"\x1b[6~", b"\x1b[F", b"\x11", b"\x11", b"q", b"\x1b"])
    found += hold(lab, "edit", 0 if status is None else status, "")
    shutil.rmtree(folder)
    return f"{name}, {n} times", found


def in_proportion(lab, report, name):
    _, n, make = SHAPES[name]
    found = []
    small, large = lab.fresh("size"), lab.fresh("size")
    write(small, make, n)
    write(large, make, 4 * n)
    for command in ("json", "check", "resolve", "renumber", "diff", "merge", "consolidate"):
        if command == "json" and name.startswith("deep"):
            continue  # each point is printed with all that stands in it
        status, said, more, _ = run_one(lab, large, command)
        found += [f"{command}: {one}" for one in wrong(status, said)]
        # Four times the text; sixteen times the work where it is quadratic.
        less = more
        if more > 0.1 * lab.slow:
            less = min(run_one(lab, small, command)[2] for _ in range(2))
        if more > 10 * less:
            found.append(f"{command}: {less:.2f} s, and {more:.2f} s for four times as much")
    shutil.rmtree(small)
    shutil.rmtree(large)
    report.case(f"{name}: time is in proportion", found)


def holes(lab, report):
    """A file of 1 GB that takes no room on the disk."""
    folder = lab.fresh("size")
    for name in ("a.md", "b.md", "c.md"):
        with open(os.path.join(folder, name), "wb") as f:
            f.truncate(1 << 30)
    found = []
    for command in COMMANDS:
        if command == "merge":
            continue  # OURS gets both, and 3 GB are written
        status, said, _, _ = run_one(lab, folder, command)
        found += hold(lab, command, status, said)
        if status != 3 or "larger" not in said:
            found.append(f"{command}: not refused: {status}, {said}")
    report.case("a file of 1 GB is refused", found)


WORD = b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'
ODF = b'<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"><office:body>'
RUN = b"<w:r><w:t>a</w:t></w:r>"


def packed(parts):
    """An archive of what parts give, each (name, pieces of bytes)."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as a:
        for name, pieces in parts:
            with a.open(name, "w") as f:
                for piece in pieces:
                    f.write(piece)
    return out.getvalue()


def many(head, unit, n, tail=b""):
    """head, n times unit, tail: in pieces."""
    yield head
    at_once = max(1, 1000000 // len(unit))
    for left in range(n, 0, -at_once):
        yield unit * min(at_once, left)
    yield tail


def docx(unit, n, end=b""):
    return lambda: packed([("word/document.xml", many(WORD, unit, n, end * n + b"</w:body></w:document>"))])


def odt(unit, n):
    return lambda: packed([("content.xml", many(ODF, unit, n, b"</office:body></office:document-content>"))])


def html(unit, n, end=b""):
    return lambda: unit * n + end * n


def small_to_look_at():
    """Of more than what its archive says."""
    data = bytearray(docx(b"<w:p><w:r><w:t>" + b"word " * 20000 + b"</w:t></w:r></w:p>", 900)())
    head, entry = data.find(b"PK\x03\x04"), data.find(b"PK\x01\x02")
    data[head + 22 : head + 26] = struct.pack("<I", 1000)
    data[entry + 24 : entry + 28] = struct.pack("<I", 1000)
    return bytes(data)


# name -> (the document, what the refusal says). All are beyond a bound of include/store/foreign.h; those with a star are
# for the long form alone.
DOCUMENTS = {
    "text.docx": (docx(b"<w:p><w:r><w:t>" + b"word " * 20000 + b"</w:t></w:r></w:p>", 900), "over 80 MB of XML"),
    "small-to-look-at.docx": (small_to_look_at, "over 80 MB of XML|no zip archive"),
    "elements.docx": (docx(b"<w:p/>", 4 * MB), "over 3000000 elements"),
    "changes.docx": (docx(b'<w:ins w:author="A">' + RUN + b"</w:ins>", MB // 4), "over 100000 tracked changes"),
    "deep.docx": (docx(b"<w:tbl><w:tr><w:tc>", 50000, b"</w:tc></w:tr></w:tbl>"), "over 200 elements stand in one"),
    "authors.docx": (
        lambda: packed([("word/document.xml", [
            WORD, b"<w:p>", *(b'<w:ins w:author="A%d">%s</w:ins>' % (i, RUN) for i in range(2000)), b"</w:p></w:body></w:document>",
        ])]), "more than 1000 authors",
    ),
    "files.docx": (lambda: packed([("word/f%d.xml" % i, [b""]) for i in range(10001)]), "over 10000 files"),
    "text.odt": (odt(b"<text:p>" + b"word " * 20000 + b"</text:p>", 900), "over 80 MB of XML"),
    "large.odt*": (odt(b"<text:p>word</text:p>", 30 * MB), "over 80 MB of XML"),
    "elements.odt": (odt(b"<text:p/>", 4 * MB), "over 3000000 elements"),
    "changes.odt": (odt(b"<text:changed-region/>", MB // 4), "over 100000 tracked changes"),
    "deep.odt": (odt(b"<text:span>", 100000), "over 200 elements stand in one"),
    "siblings.html": (html(b"<div>a</div>", 200000), "over 150000 elements"),
    "nested.html": (html(b"<div>", 200000, b"</div>"), "over 100 elements stand in one"),
    "unclosed.html": (html(b"<div></b>", 200000), "over 100 elements stand in one"),
    "text.html": (html(b"word ", 18 * MB), "over 8 MB of HTML"),
    "large.docx*": (docx(b"<w:p><w:r><w:t>word</w:t></w:r></w:p>", 10 * MB), "over 80 MB of XML"),
}


def document(lab, name):
    """A document of a stranger that asks too much is refused: what that takes does not hang on what it asks."""
    make, wanted = DOCUMENTS[name]
    file = name.rstrip("*")
    folder = lab.fresh("document")
    path = os.path.join(folder, file)
    pid = os.fork()  # as write() has it
    if pid == 0:
        with open(path, "wb") as f:
            f.write(make())
        os._exit(0)
    os.waitpid(pid, 0)
    status, said = lab.measured(["import", "--dry-run", file], folder)
    found = hold(lab, file, status, said)
    if status != 3 or not any(part in said for part in wanted.split("|")):
        found.append(f"not refused in so many words: {status}, {said}")
    shutil.rmtree(folder)
    return f"{file} is refused in words", found


def run(lab, report):
    names = [name for name in DOCUMENTS if lab.long or not name.endswith("*")]
    for case in lab.each(lambda name: document(lab, name), names):
        report.case(*case)
    if lab.long:
        for case in lab.each(lambda name: at_full_size(lab, name), SHAPES):
            report.case(*case)
    for name, (_, small, _) in SHAPES.items():
        if small and not lab.long:
            in_proportion(lab, report, name)
    holes(lab, report)

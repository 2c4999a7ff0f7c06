# SPDX-License-Identifier: MIT
"""A stranger's repository: each command and the views of the workbench in it, watched by strace. No program runs but
those asked for, nothing is written outside, and it is answered in bounded time and memory."""
import glob
import hashlib
import os
import re
import shutil
import stat
import subprocess
import zlib

DRAFT = b"# T\n\n1) a [b / c]{#b1} d\n\n2) an end [e / AFR: f]{#b2}\n"
MB = 1 << 20

# Programs that a command may be asked for; git's own are known by where they lie.
ASKED = {"adref", "git", "ssh-keygen", "pandoc"}
GIT_OWN = re.compile(r"(.*/git-core/)?git(-(upload-pack|receive-pack|remote-[a-z]+))?")

# Each command of the table; the last ones change things.
CALLS = """status; status --json; brackets x; check x; log; log x; log --json x; life x; life x 1; progress x; blame x
audit x HEAD~1..HEAD; diff HEAD~1:x x; compare x; overlap; consolidate --help; project --as AFR x; positions x; agenda
report x; verify; verify HEAD~1..HEAD; export --format txt --output - x; words drafts/x.md; set; help check; version
merge-file drafts/x.md drafts/o.md drafts/x.md; trust --remove; restore --from HEAD~1 --dry-run x; import --dry-run drafts/x.md
resolve -n x 1 1; chair --help; edit --help; init; replace -n x end END; renumber -n x; point split -n x 1
position x 1 AFR opposes 1; defer x 2 why; agree x 3; resolve x 1 1; undo x; replace x end END; renumber x
consolidate x; commit x -m z; restore --from HEAD~1 --yes x; set party AFR; git-setup; sync""".replace("\n", ";")
CALLS = [c.split() for c in CALLS.split(";") if c.strip()]

# Through the screens of the workbench and back.
ESC, ENTER, DOWN = b"\x1b", b"\r", b"\x1b[B"
DESK = [DOWN, b"l", ENTER, ESC, ESC, b"L", DOWN, ENTER, ESC, ESC, b"v", ESC, b"c", DOWN, ESC, b"m", DOWN, ESC, b"?", ESC]
EDIT = [b"\x1b[6~", b"\x1bOS", b"\x1b[18~", b"\x1b[19~", ESC, b"\x1b[F", b"x", b"\x13"]
CHAIR = [b"j", b"w", ESC, b"l", ESC, b"L", ESC, b"b", ESC, b"1", ENTER, ESC]
QUIT = [ESC, b"", b"\x11", b"", ESC, b"", b"d", b"", *4 * [ESC, b"", b"q", b""], ESC, b"", b"\x11", b"", b"d", b"", *2 * [b"q", b""]]
TOURS = [([], DESK), (["edit", "x"], EDIT), (["chair", "x"], CHAIR)]


# ---- git's objects, also such as git does not write ----


def put_object(top, kind, data):
    whole = b"%s %d\0" % (kind, len(data)) + data
    name = hashlib.sha1(whole).hexdigest()
    folder = f"{top}/.git/objects/{name[:2]}"
    os.makedirs(folder, exist_ok=True)
    path = f"{folder}/{name[2:]}"
    if not os.path.exists(path):
        with open(path, "wb") as f:
            f.write(zlib.compress(whole, 1))
    return name


def put_zeros(top, head, size):
    """A blob of a few bytes and as many NULs as make it of that size, written piece by piece."""
    start = b"blob %d\0" % size + head
    pieces = [start] + [b"\0" * MB] * ((size - len(head)) // MB) + [b"\0" * ((size - len(head)) % MB)]
    digest = hashlib.sha1()
    packer = zlib.compressobj(1)
    packed = []
    for piece in pieces:
        digest.update(piece)
        packed.append(packer.compress(piece))
    packed.append(packer.flush())
    name = digest.hexdigest()
    os.makedirs(f"{top}/.git/objects/{name[:2]}", exist_ok=True)
    with open(f"{top}/.git/objects/{name[:2]}/{name[2:]}", "wb") as f:
        f.write(b"".join(packed))
    return name


def tree(top, *entries):
    """entries: (mode, name, id), in the order they are to have."""
    return put_object(top, b"tree", b"".join(b"%s %s\0" % (m, n) + bytes.fromhex(i) for m, n, i in entries))


def commit(top, tree_id, parents, message=b"x\n", at=1750000000):
    who = b"T <t@example.org> %d +0000" % at
    lines = [b"tree " + tree_id.encode()] + [b"parent " + p.encode() for p in parents]
    return put_object(top, b"commit", b"\n".join([*lines, b"author " + who, b"committer " + who, b"", message]))


def write(path, data, mode=None):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "wb") as f:
        f.write(data)
    if mode:
        os.chmod(path, mode)


# ---- the repositories ----


class Place:
    """A repository from a stranger, and what lies outside of it."""

    def __init__(self, lab, kind):
        self.lab = lab
        self.all = lab.fresh(kind)
        self.top = f"{self.all}/repository"
        self.outside = f"{self.all}/outside"
        self.mark = f"{self.all}/ran"
        os.makedirs(f"{self.top}/drafts/x")
        os.makedirs(self.outside)
        write(f"{self.outside}/y.md", b"outside [a / b]\n")
        write(f"{self.all}/evil", b'#!/bin/sh\necho "$0 $*" >>"%s"\n' % self.mark.encode(), 0o755)
        lab.git(self.top, "init", "-q", "-b", "main")
        lab.git(self.top, "config", "user.name", "T")
        lab.git(self.top, "config", "user.email", "t@example.org")
        for n in range(3):
            write(f"{self.top}/drafts/x.md", DRAFT + b"\n3) version %d\n" % n)
            write(f"{self.top}/drafts/o.md", b"# O\n\n1) a [b / c] d\n")
            write(f"{self.top}/drafts/x/AFR.md", b"# T\n\n1) a e d\n")
            write(f"{self.top}/drafts/x/EUR.positions.yaml", b"b1: {stance: supports, option: 1}\n")
            lab.git(self.top, "add", "-A")
            lab.git(self.top, "commit", "-q", "-m", f"version {n}")

    def git(self, *args, stdin=b""):
        return self.lab.git(self.top, *args, stdin=stdin).decode().strip()

    def set(self, key, value):
        subprocess.run(["git", "config", "--file", f"{self.top}/.git/config", key, value], check=True)

    def head(self, id):
        write(f"{self.top}/.git/refs/heads/main", id.encode() + b"\n")

    def look_outside(self):
        """What lies outside, to see whether it changed."""
        found = []
        for folder, folders, files in os.walk(self.outside):
            for name in folders + files:
                path = os.path.join(folder, name)
                st = os.lstat(path)
                found.append((path, stat.S_IFMT(st.st_mode), st.st_size, st.st_mtime_ns))
        return sorted(found)


def programs(p):
    """Configuration that names programs, directly and by files it takes in."""
    evil = f"{p.all}/evil"
    for hook in """pre-commit commit-msg post-commit post-checkout pre-push post-merge reference-transaction post-index-change
            prepare-commit-msg post-rewrite pre-rebase pre-auto-gc fsmonitor-watchman""".split():
        shutil.copy(evil, f"{p.top}/.git/hooks/{hook}")
    more = []
    for key in """core.fsmonitor core.sshCommand core.pager core.editor core.askPass core.gitProxy core.alternateRefsCommand
            diff.external credential.helper gpg.program gpg.ssh.program gpg.ssh.defaultKeyCommand sequence.editor pager.log
            pager.diff pager.show merge.adref.driver merge.x.driver diff.adref.textconv diff.adref.command diff.x.textconv filter.e.clean
            filter.e.smudge filter.e.process alias.status alias.log alias.fetch alias.cat-file alias.rev-list trailer.e.command
            trailer.e.cmd interactive.diffFilter remote.origin.uploadpack remote.origin.receivepack uploadpack.packObjectsHook
            credential.https://example.org.helper core.hooksPath""".split():
        more.append((key, evil))
    more += [("log.showSignature", "true"), ("commit.gpgSign", "true"), ("gpg.format", "ssh"), ("user.signingKey", "/dev/null"),
             ("protocol.ext.allow", "always"), ("protocol.allow", "always"), (f"url.ext::{evil} .insteadOf", "https://"),
             ("remote.origin.url", "https://example.invalid/x"), ("remote.origin.fetch", "+refs/heads/*:refs/remotes/origin/*"),
             ("branch.main.remote", "origin"), ("branch.main.merge", "refs/heads/main"), ("submodule.recurse", "true"),
             ("submodule.x.update", f"!{evil}"), ("adref.hook", evil), ("core.attributesFile", f"{p.all}/attributes")]
    taken_in = f"{p.top}/.git/more"
    for n, (key, value) in enumerate(more):
        # A quarter stands in the file itself, one in the working tree's own, one in what they include, one in what is
        # included for this folder alone.
        path = [f"{p.top}/.git/config", f"{p.top}/.git/config.worktree", taken_in, f"{p.top}/.git/also"][n % 4]
        subprocess.run(["git", "config", "--file", path, key, value], check=True)
    p.set("extensions.worktreeConfig", "true")
    p.set("include.path", "more")
    p.set(f"includeIf.gitdir:{p.top}/.path", "also")
    p.set("includeIf.onbranch:**.path", "also")
    write(f"{p.all}/attributes", b"* filter=e diff=x merge=x\n")
    write(f"{p.top}/.gitattributes", b"* filter=e diff=adref merge=adref text\n")
    write(f"{p.top}/.git/info/attributes", b"* filter=e diff=adref merge=adref ident\n")


def trees(p):
    """Trees with entries that lead out or into .git, gitlinks, links, .gitmodules, in the history and at its end."""
    evil = put_object(p.top, b"blob", b"[core]\n\tfsmonitor = " + f"{p.all}/evil\n".encode())
    text = put_object(p.top, b"blob", DRAFT)
    out = put_object(p.top, b"blob", f"{p.outside}/y.md".encode())
    up = put_object(p.top, b"blob", b"../../outside")
    zero = put_object(p.top, b"blob", b"/dev/zero")
    modules = put_object(p.top, b"blob", b'[submodule "x"]\n\tpath = drafts/sub\n\turl = ext::%s\n\tupdate = !%s\n'
                         % (2 * (f"{p.all}/evil".encode(),)))
    config = tree(p.top, (b"100644", b"config", evil))
    names = [b".git", b".GIT", b"git~1", b".git ", b".git\xe2\x80\x8c", b"..", b".", b"a/../../../outside/new.md", b"/tmp/new.md",
             b".git\\config", b"GIT~1", b".gitmodules"]
    drafts = sorted([(b"100644", b"x.md", text), (b"100644", b"o.md", text), (b"120000", b"link.md", out), (b"120000", b"zero.md", zero),
                     (b"120000", b"away", up), (b"160000", b"sub", p.git("rev-parse", "HEAD")),
                     (b"100644", b"../../outside/z.md", text), (b"100644", b".git", text), (b"100644", b"a\nb.md", text),
                     (b"100644", b"..md", text), (b"100644", b"x.md", text)] + [(b"40000", n, config) for n in names],
                    key=lambda e: e[1])
    top = sorted([(b"40000", n, config) for n in names[:-1]]
                 + [(b"40000", b"drafts", tree(p.top, *drafts)), (b"100644", b".gitmodules", modules),
                    (b"160000", b"sub", p.git("rev-parse", "HEAD"))], key=lambda e: e[1])
    clean = p.git("rev-parse", "HEAD^{tree}")
    one = commit(p.top, tree(p.top, *top), [p.git("rev-parse", "HEAD")])
    two = commit(p.top, clean, [one], at=1750000001)
    three = commit(p.top, tree(p.top, *top), [two], at=1750000002)
    p.head(three)
    os.symlink(f"{p.outside}/y.md", f"{p.top}/drafts/link.md")
    os.symlink("/dev/zero", f"{p.top}/drafts/zero.md")
    os.symlink("../../outside", f"{p.top}/drafts/away")
    os.symlink("/dev/zero", f"{p.top}/drafts/x/ARB.md")
    os.mkfifo(f"{p.top}/drafts/pipe.md")
    os.mkfifo(f"{p.top}/drafts/x/ASP.positions.yaml")
    os.makedirs(f"{p.top}/drafts/sub/.git")
    write(f"{p.top}/drafts/sub/.git/config", b"[core]\n\tfsmonitor = %s\n" % f"{p.all}/evil".encode())
    write(f"{p.top}/.gitmodules", b'[submodule "x"]\n\tpath = drafts/sub\n\turl = ext::x\n')


def elsewhere(p):
    """The working tree, the objects and more of the repository lie elsewhere, or are no files at all."""
    shutil.copytree(f"{p.top}/drafts", f"{p.outside}/drafts")
    shutil.copytree(f"{p.top}/.git/objects", f"{p.all}/objects")
    p.set("core.worktree", p.outside)
    write(f"{p.top}/.git/objects/info/alternates", f"{p.all}/objects\n{p.outside}\n../../../../objects\n/dev/zero\n".encode())
    p.set("core.excludesFile", "/dev/null")
    p.set("core.logAllRefUpdates", "always")


def no_files(p):
    """Where git has files: pipes that nobody writes to, and endless ones."""
    os.mkfifo(f"{p.top}/.gitattributes")
    os.mkfifo(f"{p.top}/drafts/x/.gitattributes")
    os.mkfifo(f"{p.top}/.gitignore")
    os.mkfifo(f"{p.top}/drafts/regions.yaml")
    os.mkfifo(f"{p.top}/drafts/x/agreed.yaml")
    os.symlink("/dev/zero", f"{p.top}/drafts/meetings.yaml")
    os.symlink("/dev/zero", f"{p.top}/drafts/x/deferred.yaml")
    os.makedirs(f"{p.top}/.git/adref")
    os.mkfifo(f"{p.top}/.git/adref/versions")


# What of a git directory is a pipe, or a link to a folder elsewhere: each makes a repository that is refused.
PIPES = ["HEAD", "config", "index", "packed-refs", "shallow", "info/grafts", "info/attributes", "MERGE_MSG", "objects/info/alternates"]
LINKS = ["adref", "adref/journal", "adref/kept", "logs", "logs/refs", "logs/refs/heads", "logs/refs/heads/team", "refs/heads/team",
         "refs", "objects", "objects/ab"]
# And what its configuration names for git to read.
NAMED = {"include.path": "pipe", "includeIf.gitdir:/x.path": "pipe", "core.attributesFile": "/dev/zero", "core.excludesFile": "pipe"}
FILES = ["index", "logs/HEAD", "logs/refs/heads/main", "logs/refs/heads/new", "refs/heads/main"]


def refused(lab):
    """What comes of each of PIPES and LINKS."""
    for n, name in enumerate(PIPES + LINKS + FILES):
        p = Place(lab, "refused")
        path = f"{p.top}/.git/{name}"
        if n < len(PIPES):
            if os.path.exists(path):
                os.unlink(path)
            os.mkfifo(path)
        elif name in FILES and n >= len(PIPES + LINKS):
            to = f"{p.outside}/{os.path.basename(name)}"
            if os.path.exists(path):
                os.rename(path, to)
            else:
                write(to, b"")
            os.symlink(to, path)
        else:
            to = f"{p.outside}/{os.path.basename(name)}"
            if os.path.isdir(path):
                os.rename(path, to)
            else:
                os.makedirs(to)
            os.makedirs(os.path.dirname(path), exist_ok=True)
            os.symlink(to, path)
        before = p.look_outside()
        for call in (["status"], ["resolve", "x", "1", "1"], ["log", "x"]) if lab.long else (["resolve", "x", "1", "1"],):
            status, _, err = lab.run(call, p.top, wall=20)
            if status != 3 and call != ["status"] or name.split("/")[-1].encode() not in err:
                yield f"{name}: {call[0]}: status {status} {err[-200:]!r}"
        if p.look_outside() != before:
            yield f"{name}: changed what lies outside"
        shutil.rmtree(p.all, True)


def refused_names(lab):
    """What comes of each of NAMED."""
    for key, path in NAMED.items():
        p = Place(lab, "named")
        os.mkfifo(f"{p.top}/pipe")
        p.set(key, os.path.join(p.top, path))
        for call in (["status"], ["resolve", "x", "1", "1"], ["sync"]) if lab.long else (["resolve", "x", "1", "1"],):
            status, _, err = lab.run(call, p.top, wall=20)
            if status != 3 and call != ["status"] or key.split(".")[-1].lower().encode() not in err:
                yield f"{key}: {call[0]}: status {status} {err[-200:]!r}"
        shutil.rmtree(p.all, True)


def linked_out(p):
    """A draft's folder, and files of git that are not written, are links that lead out."""
    for name in ("config.worktree", "COMMIT_EDITMSG", "info/exclude", "MERGE_MSG"):
        path = f"{p.top}/.git/{name}"
        write(f"{p.outside}/{name}", b"")
        if os.path.exists(path):
            shutil.copy(path, f"{p.outside}/{name}")
            os.unlink(path)
        os.symlink(f"{p.outside}/{name}", path)
    shutil.rmtree(f"{p.top}/drafts/x")
    os.makedirs(f"{p.outside}/x")
    os.symlink(f"{p.outside}/x", f"{p.top}/drafts/x")


def huge(p):
    """Blobs of a size that nobody can read, as a draft and as a list, in the history and at its end; texts of anchors."""
    size = 1024 * MB if p.lab.long else 100 * MB
    big = put_zeros(p.top, DRAFT, size)
    lists = put_zeros(p.top, b"b1: &a [x, *a]\n", size)
    small = p.git("rev-parse", "HEAD:drafts/x.md")
    folder = tree(p.top, (b"100644", b"AFR.md", big), (b"100644", b"AFR.positions.yaml", lists), (b"100644", b"agreed.yaml", lists))
    head = p.git("rev-parse", "HEAD")
    for n, blob in enumerate([big, small, big, small]):
        drafts = tree(p.top, (b"100644", b"meetings.yaml", lists), (b"100644", b"regions.yaml", lists), (b"40000", b"x", folder),
                      (b"100644", b"x.md", blob))
        head = commit(p.top, tree(p.top, (b"40000", b"drafts", drafts), (b"100644", b"signers", lists)), [head], at=1750000001 + n)
    message = commit(p.top, p.git("rev-parse", f"{head}^{{tree}}"), [head], b"long " * (3 * MB) + b"\n", 1750000009)
    p.head(message)
    for name in ("regions.yaml", "meetings.yaml", "signers", "x/AFR.positions.yaml", "x/CIS.md", "huge.md"):
        write(f"{p.top}/drafts/{name}", b"b1: &a [x, *a]\n")
        os.truncate(f"{p.top}/drafts/{name}", 1024 * MB)


def other_past(p):
    """Replaced objects, grafts, a shallow edge: another history than the commits' bytes have."""
    head, before, first = (p.git("rev-parse", f"HEAD~{n}") for n in range(3))
    other = commit(p.top, p.git("rev-parse", "HEAD~2^{tree}"), [], b"other\n")
    write(f"{p.top}/.git/refs/replace/{before}", other.encode() + b"\n")
    write(f"{p.top}/.git/info/grafts", f"{before} {other}\n{first} {head}\n".encode())
    write(f"{p.top}/.git/shallow", f"{head}\n".encode())


KINDS = [programs, trees, elsewhere, no_files, linked_out, huge, other_past]


# ---- watching ----

WATCHED = "execve,execveat,open,openat,openat2,creat,mkdir,mkdirat,rename,renameat,renameat2,link,linkat,symlink,symlinkat,unlink," \
    "unlinkat,rmdir,truncate,chmod,fchmodat,mknod,mknodat,connect,bind"
CALL = re.compile(r"(\w+)\((.*)$")
QUOTED = re.compile(r'(?:(?:AT_FDCWD|\d+)<([^>]*)>, )?"((?:[^"\\]|\\.)*)"')


def inside(path, places):
    return any(path == p or path.startswith(p.rstrip("/") + "/") for p in places)


def real(path):
    """With the links in its folder followed: where it would be made."""
    return os.path.join(os.path.realpath(os.path.dirname(path)), os.path.basename(path))


def watch(place, log, cwd):
    """What strace saw and should not have."""
    may = [place.top, place.lab.home, "/dev/null", "/dev/tty", "/dev/pts", "/dev/ptmx", "/proc/self"]
    temporary = re.compile(re.escape(place.lab.dir) + r"/(adref|git)[-.][^/]+")
    lines = []
    for name in glob.glob(log + ".*"):
        with open(name, errors="replace") as f:
            lines += f.read().splitlines()
        os.unlink(name)
    if not lines:
        yield "strace saw nothing"
    for line in lines:
        m = CALL.match(line)
        if not m or re.search(r"= -1 E", line):
            continue
        name, rest = m.groups()
        paths = [(d or cwd, bytes(q, "latin-1").decode("unicode_escape", "replace")) for d, q in QUOTED.findall(rest)]
        if name in ("execve", "execveat"):
            program = paths[0][1] if paths else "?"
            base = os.path.basename(program)
            shell = base == "sh" and re.search(r'"git-(upload|receive)-pack ', rest)
            if (base not in ASKED and not GIT_OWN.fullmatch(base) and not shell) or inside(program, [place.all]):
                yield f"ran {rest[:200]}"
        elif name in ("connect", "bind"):
            if "nscd" not in rest and "AF_NETLINK" not in rest and "AF_UNSPEC" not in rest:
                yield f"{name} {rest[:200]}"
        elif name.startswith("open") or name == "creat":
            if name != "creat" and not re.search(r"O_(WRONLY|RDWR|CREAT|TRUNC)", rest):
                continue
            end = re.search(r"= \d+<([^>]*)>", line)
            path = end[1].removesuffix(" (deleted)") if end else "?"
            if path.startswith(place.lab.dir + "/#") or "O_TMPFILE" in rest:
                continue
            if not inside(path, may) and not temporary.match(path) and not re.match(r"(pipe|socket|anon_inode):|/dev/char", path):
                yield f"opened {path} to write"
        else:
            if name.startswith("symlink"):
                paths = paths[1:]
            for folder, path in paths:
                path = real(os.path.join(folder, path))
                if not inside(path, may) and not temporary.match(path):
                    yield f"{name} {path}"


def has_strace(lab):
    log = f"{lab.dir}/strace.log"
    try:
        return not lab.san and lab.run(["-ff", "-y", "-o", log, "true"], lab.dir, program="strace")[0] == 0
    except OSError:
        return False


def traced(lab, log):
    return ["strace", "-ff", "-y", "-s", "300", "-e", "trace=" + WATCHED, "-e", "signal=none", "-o", log]


def one_call(place, call, strace, bounds):
    lab = place.lab
    log = f"{place.all}/log"
    before = place.look_outside()
    if strace:
        words = [*traced(lab, log)[1:], lab.adref, *call]
        status, _, err = lab.run(words, place.top, program="strace", wall=60)
    else:
        status, _, err = lab.run(call, place.top, wall=60)
    words = " ".join(call)
    if not 0 <= status <= 3:
        yield f"{words}: status {status} {err[-300:]!r}"
    if os.path.exists(place.mark):
        with open(place.mark) as f:
            yield f"{words}: ran what the repository names: {f.read()[:200]}"
        os.unlink(place.mark)
    if strace:
        yield from (f"{words}: {found}" for found in watch(place, log, place.top))
    if place.look_outside() != before:
        yield f"{words}: changed what lies outside"
    if bounds and not lab.san:
        seconds, memory = lab.measure(call, place.top)
        if seconds > 2 or memory > 256 * MB:
            yield f"{words}: {seconds:.2f} seconds, {memory >> 20} MB"


def one_tour(place, args, keys, strace):
    lab = place.lab
    log = f"{place.all}/log"
    before = place.look_outside()
    out, status = lab.screen(args, place.top, keys + QUIT, before=traced(lab, log) if strace else [], most=60)
    words = " ".join(["the workbench", *args])
    if status is None or status < 0:
        yield f"{words}: ended by {status}"
    if len(out) < 300 and status != 3:
        yield f"{words}: nothing on the screen: {out!r}"
    if os.path.exists(place.mark):
        with open(place.mark) as f:
            yield f"{words}: ran what the repository names: {f.read()[:200]}"
        os.unlink(place.mark)
    if strace:
        yield from (f"{words}: {found}" for found in watch(place, log, place.top))
    if place.look_outside() != before:
        yield f"{words}: changed what lies outside"


def run(lab, report):
    known = lab.run(["help", "--complete"], lab.dir)[1].decode().split()
    missing = sorted(set(known) - {c[0] for c in CALLS})
    report.case("each command is tried", [f"no call of {name}" for name in missing])
    strace = has_strace(lab)
    if not strace:
        report.skip("what the programs do is watched", "no strace, or a sanitiser's build")
    report.case(f"{len(PIPES + LINKS + FILES)} git directories with pipes and links in them are refused", refused(lab))
    report.case("pipes that the configuration names are refused", refused_names(lab))

    def in_kind(k):
        place = Place(lab, KINDS[k].__name__)
        KINDS[k](place)
        problems = []
        # A sample: each call in one of the repositories, and a tour.
        calls = [c for n, c in enumerate(CALLS) if lab.long or n % len(KINDS) == k]
        for call in calls:
            problems += one_call(place, call, strace, lab.long)
        tours = TOURS if lab.long else [TOURS[k % len(TOURS)]]
        for args, keys in tours:
            problems += one_tour(place, args, keys, strace)
        shutil.rmtree(place.all, True)
        return f"{KINDS[k].__name__}: {len(calls)} calls, {len(tours)} tours", problems

    # The one that takes longest first.
    for case in lab.each(in_kind, sorted(range(len(KINDS)), key=lambda k: KINDS[k] is not huge)):
        report.case(*case)

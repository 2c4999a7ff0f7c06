# SPDX-License-Identifier: MIT
"""Many at once: eight processes that decide in one repository, eight clones that share one, by path and by
ssh. What was said to be done is in the one line of history that comes of it."""
import getpass
import os
import shutil
import socket
import subprocess
import threading
import time

import lab as labs

CROWD = 8


def points(n):
    return "resolves\n\n" + "\n\n".join(f"{i}) clause {i} has [one / two] wordings;" for i in range(1, n + 1)) + "\n"


def together(work):
    """work(0) … work(7), all at the same time; what they raise is raised."""
    broken = []

    def one(i):
        try:
            work(i)
        except Exception as e:
            broken.append(e)

    threads = [threading.Thread(target=one, args=(i,)) for i in range(CROWD)]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    if broken:
        raise broken[0]


def history(lab, top, problems):
    """Subjects of all commits, the newest first; they must be one line without forks."""
    if lab.git(top, "rev-list", "--merges", "HEAD").strip():
        problems.append("the history has forks")
    return lab.git(top, "log", "--format=%s").splitlines()


def own_drafts(lab, report, each):
    """Each decides the points of a draft of its own, one after the other."""
    top = lab.fresh()
    lab.repository(top)
    for i in range(CROWD):
        labs.write(f"{top}/drafts/res-{i}.md", points(each))
    lab.git(top, "add", "drafts")
    lab.git(top, "commit", "-qm", "start")
    problems, acknowledged, slowest = [], [0] * CROWD, [0.0] * CROWD

    def decide(i):
        for n in range(each):
            begin = time.monotonic()
            status, out, err = lab.run([lab.adref, "resolve", f"res-{i}", "1", "2"], top)
            slowest[i] = max(slowest[i], time.monotonic() - begin)
            if status == 0 and "committed as" in err:
                acknowledged[i] += 1
            else:
                problems.append(f"res-{i}, decision {n + 1}: status {status}: {err.strip()[:200]}")
                return

    together(decide)
    subjects = history(lab, top, problems)
    for i in range(CROWD):
        there = sum(s.startswith(f"res-{i}: point 1 decided") for s in subjects)
        if there != acknowledged[i]:
            problems.append(f"res-{i}: {acknowledged[i]} acknowledged, {there} in the history")
        if acknowledged[i] == each and labs.read(f"{top}/drafts/res-{i}.md").count(b"["):
            problems.append(f"res-{i}: points are still open")
    wanted = CROWD * each + 1
    if len(subjects) != wanted:
        problems.append(f"{len(subjects)} commits, not {wanted}")
    finish(lab, top, problems)
    report.result(f"{CROWD} processes, {each} decisions each, a draft each", f"{sum(acknowledged)} acknowledged", problems)
    report.tell(f"{sum(acknowledged)} decisions of {CROWD} processes, a draft each; the one that waited longest: {max(slowest):.1f} s")


def one_draft(lab, report, each):
    """All decide in the same draft; who comes too late is refused, in words, and tries again."""
    top = lab.fresh()
    lab.repository(top)
    labs.write(f"{top}/drafts/res.md", points(CROWD * each))
    lab.git(top, "add", "drafts")
    lab.git(top, "commit", "-qm", "start")
    problems, acknowledged, tries = [], [0] * CROWD, [0] * CROWD

    def decide(i):
        for _ in range(each * 200):
            if acknowledged[i] == each:
                return
            tries[i] += 1
            status, out, err = lab.run([lab.adref, "resolve", "res", "1", "2"], top)
            acknowledged[i] += status == 0
            if status not in (0, 3) or (status and len(err.strip().splitlines()) > 2):
                problems.append(f"status {status}: {err.strip()[:200]}")
                return
        problems.append(f"process {i} never had its turn: {acknowledged[i]} of {each}")

    together(decide)
    subjects = history(lab, top, problems)
    if len(subjects) != sum(acknowledged) + 1:
        problems.append(f"{sum(acknowledged)} acknowledged, {len(subjects) - 1} in the history")
    decided = labs.read(f"{top}/drafts/res.md").count(b"has two wordings")
    if decided != sum(acknowledged):
        problems.append(f"{sum(acknowledged)} acknowledged, {decided} in the draft")
    finish(lab, top, problems)
    report.result(f"{CROWD} processes, {each} decisions each, one draft", f"{sum(acknowledged)} acknowledged", problems)
    report.tell(f"{sum(acknowledged)} decisions of {CROWD} processes in one draft, after {sum(tries)} tries")


def finish(lab, top, problems):
    changed = lab.git(top, "status", "--porcelain").strip()
    if changed:
        problems.append(f"git status: {changed[:200]}")
    trouble = labs.fsck(lab, top)
    if trouble:
        problems.append(f"fsck: {trouble[:200]}")
    if labs.locks(top):
        problems.append(f"left {labs.locks(top)}")


# ---- sharing


def shared(lab, report, each, how, address, env):
    """Each clone commits and syncs, again and again; others come first, and it goes on."""
    place = lab.fresh()
    start = f"{place}/start"
    lab.repository(start)
    for i in range(CROWD):
        labs.write(f"{start}/drafts/res-{i}.md", points(1))
    labs.write(f"{start}/drafts/all.md", points(CROWD))
    lab.git(start, "add", "drafts")
    lab.git(start, "commit", "-qm", "start")
    lab.git(place, "clone", "-q", "--bare", "start", "hub.git")
    lab.git(f"{place}/hub.git", "config", "gc.auto", "0")
    problems, acknowledged, tries = [], [[] for _ in range(CROWD)], [0] * CROWD
    for i in range(CROWD):
        lab.git(place, "clone", "-q", "hub.git", f"c{i}")
        lab.git(f"{place}/c{i}", "remote", "set-url", "origin", address(f"{place}/hub.git"))
        lab.git(f"{place}/c{i}", "config", "user.name", f"Clone {i}")
        lab.git(f"{place}/c{i}", "config", "user.email", f"c{i}@example.org")

    def go_on(i):
        top, unsent = f"{place}/c{i}", []
        for n in range(each):
            with open(f"{top}/drafts/res-{i}.md", "a") as f:
                f.write(f"\n{n + 2}) clone {i} adds clause {n};\n")
            lab.must([lab.adref, "commit", f"res-{i}", "-m", f"clone {i}, number {n}"], top)
            unsent.append(lab.git(top, "rev-parse", "HEAD").strip())
            for _ in range(40):
                tries[i] += 1
                status, out, err = lab.run([lab.adref, "sync"], top, env, timeout=300)
                if status == 0:
                    acknowledged[i] += unsent
                    unsent = []
                    break
                if "others keep sending" not in err:
                    problems.append(f"clone {i}, sync {n + 1}: status {status}: {err.strip()[-300:]}")
                    return
            else:
                problems.append(f"clone {i}, sync {n + 1}: never came through: {err.strip()[-300:]}")
                return

    together(go_on)
    hub = f"{place}/hub.git"
    there = set(lab.git(hub, "rev-list", "main").split())
    for i in range(CROWD):
        missing = [c for c in acknowledged[i] if c not in there]
        if missing:
            problems.append(f"clone {i}: {len(missing)} of {len(acknowledged[i])} acknowledged commits are not there")
        if len(acknowledged[i]) != each and not problems:
            problems.append(f"clone {i}: {len(acknowledged[i])} of {each} acknowledged")
        text = lab.git(hub, "show", f"main:drafts/res-{i}.md")
        lost = [n for n in range(each) if f"clone {i} adds clause {n};" not in text]
        if lost:
            problems.append(f"clone {i}: clauses {lost} are not in the text")
    for top in [hub] + [f"{place}/c{i}" for i in range(CROWD)]:
        trouble = labs.fsck(lab, top)
        if trouble:
            problems.append(f"fsck: {trouble[:200]}")
    report.result(f"{CROWD} clones, {each} syncs each, {how}", f"{sum(map(len, acknowledged))} acknowledged", problems)
    report.tell(f"{sum(map(len, acknowledged))} commits of {CROWD} clones are there, {how}; {sum(tries)} syncs")
    shutil.rmtree(place, True)


class Sshd:
    """A server of our own on the loopback."""

    def __init__(self, lab):
        program = shutil.which("sshd") or "/usr/sbin/sshd"
        self.why_not = None
        if not os.access(program, os.X_OK) or not shutil.which("ssh-keygen"):
            self.why_not = "no sshd here (openssh-server)"
            return
        self.dir = lab.fresh()
        os.chmod(self.dir, 0o700)
        with socket.socket() as s:
            s.bind(("127.0.0.1", 0))
            port = s.getsockname()[1]
        for key in ("host", "id"):
            lab.must(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", f"{self.dir}/{key}"], self.dir)
        shutil.copy(f"{self.dir}/id.pub", f"{self.dir}/authorized")
        # A login reads no file of whoever runs this, and keys are agreed on in the way that costs least.
        labs.write(f"{self.dir}/config", f"""Port {port}
ListenAddress 127.0.0.1
HostKey {self.dir}/host
AuthorizedKeysFile {self.dir}/authorized
PidFile {self.dir}/pid
StrictModes no
UsePAM no
PasswordAuthentication no
SetEnv HOME={self.dir}
KexAlgorithms curve25519-sha256
MaxStartups 100:30:200
""")
        labs.write(f"{self.dir}/client", f"""Host hub
  HostName 127.0.0.1
  Port {port}
  User {getpass.getuser()}
  IdentityFile {self.dir}/id
  StrictHostKeyChecking no
  UserKnownHostsFile /dev/null
  LogLevel ERROR
""")
        if os.getuid() == 0:
            os.makedirs("/run/sshd", exist_ok=True)
        self.process = subprocess.Popen([program, "-D", "-f", f"{self.dir}/config", "-E", f"{self.dir}/log"])
        self.env = {"GIT_SSH_COMMAND": f"ssh -F {self.dir}/client"}
        status = 1
        for _ in range(100):
            status, _, _ = lab.run(["ssh", "-F", f"{self.dir}/client", "hub", "true"], self.dir)
            if status == 0:
                return
        self.end()
        self.why_not = "sshd lets nobody in here"

    def end(self):
        self.process.terminate()
        self.process.wait()


def run(lab, report):
    each, syncs = (500, 50) if lab.long else (20, 3)
    if lab.san or lab.cover:
        each, syncs = 4, 1
    parts = (lab.only or "own,one,path,ssh").split(",")
    if "own" in parts:
        own_drafts(lab, report, each)
    if "one" in parts:
        one_draft(lab, report, 30 if lab.long else 2)
    if "path" in parts:
        shared(lab, report, syncs, "by path", lambda hub: hub, None)
    if "ssh" in parts and (lab.long or lab.only):
        sshd = Sshd(lab)
        if sshd.why_not:
            report.skip(sshd.why_not)
            return
        try:
            shared(lab, report, syncs, "by ssh", lambda hub: f"hub:{hub}", sshd.env)
        finally:
            sshd.end()

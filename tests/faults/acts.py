# SPDX-License-Identifier: MIT
"""What a person does that must never half happen: each with its workspace, its command, and the command
that comes next."""
import os

from lab import State, write

DRAFT = """resolves

1) to meet [once / AFR: twice] a year;

2) that the Council [shall][should] report;

3) to thank [warmly] the host,
"""
OTHER = """considering

a) that [many] meetings are held;
"""


class Act:
    """name; argv after "adref"; said: what it prints when it is done; after: a command that must work
    when it was done; made: whether the workspace is made by the command."""

    name = said = None
    argv = after = None
    commits = True
    children = False  # other programs do part of the work
    partly = False  # cut short, it may go on with what is there
    every = False  # each of its calls is tried, not one of each site alone
    found = ()  # (call, words in it): places where something was found once, tried in the short form, too
    again = False  # most of it is as in an act before

    def __init__(self, lab):
        self.lab = lab
        self.pattern = os.path.join(lab.dir, f"pattern-{self.name}")
        os.makedirs(self.pattern)
        self.prepare(self.pattern)
        done = lab.fresh(self.pattern)
        self.old = self.state(done)
        status, out, err = lab.run(self.command(), self.top(done))
        if status != 0 or self.said not in out + err:
            raise RuntimeError(f"{self.name}: status {status}: {out}{err}")
        self.new = self.state(done)
        if self.old.same(self.new):
            raise RuntimeError(f"{self.name}: changes nothing")

    def top(self, path):
        return path

    def state(self, path):
        return State(self.lab, self.top(path))

    def command(self):
        return [self.lab.adref, *self.argv]

    def next_command(self):
        return [self.lab.adref, *self.after]

    def prepare(self, path):
        self.lab.repository(path)
        write(f"{path}/drafts/res-1.md", DRAFT)
        write(f"{path}/drafts/res-2.md", OTHER)
        self.lab.git(path, "add", "drafts")
        self.lab.git(path, "commit", "-qm", "as it came")


class Decide(Act):
    name, said = "resolve", "decided"
    every = True
    argv = ["resolve", "res-1", "1", "2"]
    after = ["resolve", "res-1", "1", "1"]


class Undo(Act):
    name, said = "undo", "undone"
    argv = ["undo", "res-1"]
    after = ["resolve", "res-1", "2", "1"]

    def prepare(self, path):
        super().prepare(path)
        self.lab.must([self.lab.adref, "resolve", "res-1", "1", "2"], path)


class Commit(Act):
    name, said = "commit", "committed"
    every = True
    argv = ["commit", "res-1", "-m", "edited"]
    after = ["resolve", "res-1", "1", "2"]

    def prepare(self, path):
        super().prepare(path)
        write(f"{path}/drafts/res-1.md", DRAFT + "\n4) to meet again.\n")


class Position(Act):
    name, said = "position", "committed"
    argv = ["position", "res-1", "1", "AFR", "supports", "2"]
    after = ["position", "res-1", "2", "EUR", "supports", "1"]


class Restore(Act):
    name, said = "restore", "committed"
    argv = ["restore", "--from", "HEAD~1", "--yes", "res-1"]
    after = ["resolve", "res-1", "1", "2"]

    def prepare(self, path):
        super().prepare(path)
        self.lab.must([self.lab.adref, "resolve", "res-1", "1", "2"], path)


class Bring(Act):
    """A draft that was deleted comes back."""

    name, said = "bring", "committed"
    argv = ["restore", "--from", "HEAD~1", "--yes", "res-2"]
    after = ["resolve", "res-2", "1", "1"]

    def prepare(self, path):
        super().prepare(path)
        self.lab.git(path, "rm", "-q", "drafts/res-2.md")
        self.lab.git(path, "commit", "-qm", "gone")


class Import(Act):
    """An edit of a file, as the editor saves it; no commit."""

    name, said = "import", "is written"
    every = True
    argv = ["import", "--yes", "new.txt"]
    after = ["commit", "new", "-m", "new"]
    commits = False

    def prepare(self, path):
        super().prepare(path)
        write(f"{path}/new.txt", "One paragraph that is\nwrapped by hand.\n\nAnother one.\n")
        write(f"{path}/.gitignore", "new.txt\n")
        self.lab.git(path, "add", ".gitignore")
        self.lab.git(path, "commit", "-qm", "ignored")


class Init(Act):
    """The folder is empty before. Cut short, the drafts that are there begin the history."""

    name, said = "init", "is ready"
    partly = True
    found = [("unlink", ".lock"), ("newfstatat", "meetings.yaml")]
    argv = ["init", "--no-drivers", "."]
    after = ["status"]

    def prepare(self, path):
        pass

    def command(self):
        return ["env", "GIT_AUTHOR_NAME=T", "GIT_AUTHOR_EMAIL=t@example.org", "GIT_COMMITTER_NAME=T",
                "GIT_COMMITTER_EMAIL=t@example.org", self.lab.adref, *self.argv]


class Sync(Act):
    """Both sides have something new, in different places: it is fetched, merged and sent."""

    name, said = "sync", "came"
    argv = ["sync"]
    after = ["resolve", "res-1", "1", "2"]
    children = True

    def top(self, path):
        return os.path.join(path, "ours")

    def prepare(self, path):
        lab = self.lab
        start = os.path.join(path, "start")
        super().prepare(start)
        lab.git(path, "clone", "-q", "--bare", "start", "hub.git")
        for name in ("ours", "theirs"):
            lab.git(path, "clone", "-q", "hub.git", name)
            lab.git(f"{path}/{name}", "config", "user.name", name)
            lab.git(f"{path}/{name}", "config", "user.email", f"{name}@example.org")
            lab.git(f"{path}/{name}", "remote", "set-url", "origin", "../hub.git")
        self.edit(path)

    def edit(self, path):
        self.says(path, "theirs", DRAFT.replace("the host", "the generous host"))
        self.lab.git(f"{path}/theirs", "push", "-q")
        self.says(path, "ours", DRAFT.replace("to meet", "to come together"))

    def says(self, path, who, text):
        write(f"{path}/{who}/drafts/res-1.md", text)
        self.lab.git(f"{path}/{who}", "commit", "-qam", f"{who} edit")


class SyncBoth(Sync):
    """Both changed the same words: the merge makes points of them."""

    name = "sync-both"
    again = True

    def edit(self, path):
        self.says(path, "theirs", DRAFT.replace("a year", "each year"))
        self.lab.git(f"{path}/theirs", "push", "-q")
        self.says(path, "ours", DRAFT.replace("a year", "every second year"))


LOCAL = [Decide, Commit, Import, Undo, Position, Restore, Bring, Init]
SHARED = [Sync, SyncBoth]

# SPDX-License-Identifier: MIT
"""Whatever comes in anywhere, nothing raw comes out: the inputs as text, names, authors, messages, settings,
arguments and environment, through every command and the screens of the workbench."""
import html.parser
import json
import os
import re
import shutil
import time

import lab as labs
import raw

COMMITTER = b"T <t@example.org> 1770000000 +0000"


def yaml(text):
    """As a YAML scalar in double quotes: by escapes what is UTF-8, raw what is not."""
    points = map(ord, text.decode("utf-8", "surrogateescape"))
    return b'"' + b"".join(bytes([p - 0xDC00]) if 0xDC80 <= p <= 0xDCFF else b"\\U%08X" % p for p in points) + b'"'


def one_line(text):
    return text.replace(b"\n", b" ").replace(b"\r", b" ")


def draft(texts):
    lines = [b"---\ntitle: " + yaml(texts[0][:1000]) + b"\n---\n# " + one_line(texts[0]) + b"\n\nresolves\n"]
    for n, text in enumerate(texts):
        flat = one_line(text)
        lines.append(b"%d) %s [one %s / AFR: two %s]{#b%d} end\n" % (n + 1, flat, flat, flat, n + 1))
    return b"\n".join(lines)


def name_of(text, n):
    return re.sub(rb"[/\0]", b"_", text)[:180] or b"%d" % n


def ref_of(text, n):
    name = re.sub(rb"[\x00-\x20\x7f~^:?*\[\\/@]|\.\.|\.$|\.lock", b"_", text)[:180].strip(b".")
    return b"%d-%s" % (n, name or b"x")


def history(texts):
    """For git fast-import: a version of a draft for each input, which is author, message and text."""
    out = []
    mark = 0
    for n, text in enumerate(texts):
        mark += 1
        author = re.sub(rb"[<>\n\0]", b"_", text[:300]) or b"x"
        mail = re.sub(rb"[<>\n\0 ]", b"_", text[:300]) or b"x"
        message = text + b"\n\n" + b"Point: 1 (b1)\nDecision: option 1, \"" + one_line(text) + b"\"\nMeeting: " + one_line(text)
        body = draft([text])
        out.append(
            b"commit refs/heads/main\nmark :%d\nauthor %s <%s> %d +0000\ncommitter %s\ndata %d\n%s\n"
            % (mark, author, mail, 1700000000 + n, COMMITTER, len(message), message)
            + b"M 100644 inline drafts/h.md\ndata %d\n%s\n" % (len(body), body)
        )
    for n, text in enumerate(texts):
        ref = ref_of(text, n)
        message = text + b"\n"
        out.append(b"reset refs/heads/%s\nfrom :%d\n\n" % (ref, n + 1))
        out.append(b"tag %s\nfrom :%d\ntagger %s\ndata %d\n%s\n" % (ref, n + 1, COMMITTER, len(message), message))
    return b"".join(out)


def put(path, data):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "wb") as f:
        f.write(data)


def beside(top, texts, name):
    """What lies beside a draft, and the lists of parties and meetings."""
    quoted = [yaml(t[:2000]) for t in texts]
    codes = [b"P%d" % n for n in range(len(texts))]
    put(f"{top}/drafts/regions.yaml", b"parties:\n" + b"".join(
        b"- code: %s\n  name: {en: %s}\n  organisation: %s\n  aliases: [%s]\n  colour: %s\n"
        b"  focal_points: [{name: %s, email: %s}]\n" % (c, q, q, q, q, q, q)
        for c, q in zip(codes[:100], quoted)) + b"- code: AFR\n  name: {en: Africa}\n- code: EUR\n")
    put(f"{top}/drafts/meetings.yaml", b"meetings:\n" + b"".join(
        b"- code: %s\n  name: %s\n  dates: [2026-0%d-01]\n  documents: [%s]\n" % (q, q, n % 9 + 1, q)
        for n, q in enumerate(quoted)))
    put(f"{top}/drafts/{name}/AFR.positions.yaml", b"".join(
        b"b%d:\n  stance: supports\n  option: 1\n  source: %s\n  meeting: %s\n  note: %s\n  date: %s\n  %s: x\n"
        % (n + 1, q, q, q, q, q) for n, q in enumerate(quoted)))
    put(f"{top}/drafts/{name}/EUR.positions.yaml", b"".join(
        b"%s: {stance: %s, option: %s}\n" % (q, q, q) for q in quoted))
    put(f"{top}/drafts/{name}/agreed.yaml", b"".join(
        b"- {digest: %016x, begins: %s, meeting: %s, date: %s}\n" % (n, q, q, q) for n, q in enumerate(quoted)))
    put(f"{top}/drafts/{name}/deferred.yaml", b"".join(
        b"b%d: {reason: %s, until: %s, date: %s}\n" % (n + 1, q, q, q) for n, q in enumerate(quoted)))
    put(f"{top}/drafts/{name}/EUR.md", draft(list(reversed(texts))))


def workspace(lab, texts):
    top = lab.fresh("w")
    lab.git(top, "init", "-q", "-b", "main")
    small = [t for t in texts if len(t) < 3000]
    lab.git(top, "fast-import", "--quiet", "--force", stdin=history(small))
    lab.git(top, "reset", "-q", "--hard", "main")
    put(f"{top}/drafts/h.md", draft(small))
    beside(top, small, "h")
    for n, text in enumerate(small):
        put(os.path.join(os.fsencode(top), b"drafts", name_of(text, n) + b".md"), draft([text]))
    for n, text in enumerate(t for t in texts if len(t) >= 3000):
        put(f"{top}/drafts/long{n}.md", draft([text]))
    lab.git(top, "add", "-A")
    lab.git(top, "commit", "-q", "-m", "all of them")
    lab.git(top, "config", "user.name", "T")
    lab.git(top, "config", "user.email", "t@example.org")
    return top


def commands(lab, top):
    """Each command of the table with arguments that make it do something."""
    known = lab.run(["help", "--complete"], top)[1].decode().split()
    lines = """
status; status --json; brackets h; brackets --json h; check h; check --json h; check long0; check --agreed h
resolve -n h 1 1; resolve h 2 1; undo -n h; undo h; point split -n h 2; point unbracket -n h 1; point id -n h 3
point add -n h 1 new AFR; defer h 3 why; agree h 6; replace -n h one ONE; replace -nb h one ONE; renumber -n h
commit h; log; log h; log --json h; log --added one h; life h; life --open h; life --json h; life h 1; progress h
progress --versions h; progress --json h; progress --svg h; progress --csv h; restore --from HEAD~3 --dry-run h
blame h; blame --json h; blame h:8; blame --phrase two h; audit h HEAD~9..HEAD; audit --all --json h HEAD~9..HEAD
diff HEAD~2:h h; diff --json HEAD~2:h h; compare h; compare --json h; overlap; overlap --map; overlap --json h
consolidate h; project --as AFR h; project --as base h; positions h; positions --json h; position h 1 AFR opposes 1
agenda; agenda --json; report h; report --format html h; report --format csv h; report --anonymous h
import --dry-run drafts/h.md; export --format txt --output - h; set; set party; trust; sync; git-setup; words drafts/h.md
help; help check; help nothing; version; init; chair --help; edit --help; verify HEAD~3..HEAD; merge-file a b c
"""
    calls = [c.split() for c in re.split(r"[;\n]", lines) if c.strip()]
    met = {c[0] for c in calls}
    return [c for c in calls if c[0] in known], sorted(set(known) - met)


# Their standard output is data, to the byte as it is in a file: looked at on a terminal only.
AS_IT_IS = {"project", "words", "export", "consolidate", "replace"}


def problems_of(call, result, data=False):
    status, out, err = result
    words = " ".join(c if isinstance(c, str) else ascii(c) for c in call)[:120]
    if status < 0:
        yield f"{words}: killed by signal {-status} {err[-200:]!r}"
    if b"Sanitizer" in err or b"runtime error:" in err:
        yield f"{words}: {err[-2000:].decode('utf-8', 'replace')}"
    if "csv" in words:
        out = out.replace(b"\r\n", b"\n")  # as RFC 4180 has its lines
    found = None if data else raw.of_bytes(out, not {"--json", "--csv", "--svg"} & set(call))
    if found:
        yield f"{words}: standard output has {found}"
    found = raw.of_bytes(err)
    if found:
        yield f"{words}: standard error has {found}"
    if "--json" in call and status in (0, 1) and out:
        try:
            json.loads(out)
        except ValueError as e:
            yield f"{words}: no JSON: {e}"


def by_command(lab, report, texts):
    top = workspace(lab, texts)
    calls, missing = commands(lab, top)
    problems = [f"no call of {name} is tried here" for name in missing]
    for call in calls:
        begin = time.monotonic()
        problems += problems_of(call, lab.run(call, top), call[0] in AS_IT_IS)
        lab.took(" ".join(call), begin)
        for row in ("hostile-ran",):
            if os.path.exists(f"{top}/{row}"):
                problems.append(f"{call}: a text was run as a command")
                os.unlink(f"{top}/{row}")
    report.case(f"{len(texts)} inputs as texts, names, authors, messages and lists, by {len(calls)} calls", problems)
    return top


def small_repository(lab, name):
    top = lab.fresh(name)
    lab.git(top, "init", "-q", "-b", "main")
    put(f"{top}/drafts/x.md", b"# T\n\n1) a [b / c] d\n")
    return top


def shares(lab, texts):
    """As many parts of them as there are jobs, each with their numbers."""
    numbered = list(enumerate(texts))
    return [numbered[k::lab.jobs] for k in range(lab.jobs)]


def flat(lists):
    return [one for some in lists for one in some]


def by_argument(lab, report, texts):
    forms = """@; brackets @; check @; resolve x @ @; resolve -n x 1 text --text @; undo @; point @ x 1; point add x 1 @
defer -n x 1 @; agree x @; replace x @ @; replace -E x @ y; commit x -m @; log @; log --author @; log --since @; life x @
progress @; restore --from @ x; blame --phrase @ x; blame x:@; audit x @..@; diff @:x x; compare --columns @ x
consolidate --base @ AFR=@; project --as @ x; positions @; position x 1 @ supports 1; position x 1 AFR @ @
report --format @ x; import --name @ x.md; export --output @ x; set party @; set @ @; set meeting @; help @; words @
sync @; merge-file @ @ @; init @; status --@; check --json @; overlap @; agenda @; version @; git-setup @; trust @
chair @; edit @; verify @""".replace("\n", ";").split(";")
    step = 1 if lab.long else len(forms)

    def some(numbered):
        top = small_repository(lab, "a")
        lab.git(top, "config", "user.name", "T")
        lab.git(top, "config", "user.email", "t@example.org")
        lab.git(top, "add", "-A")
        lab.git(top, "commit", "-q", "-m", "x")
        problems = []
        for n, text in numbered:
            given = text.replace(b"\0", b"")[:60000]  # a word of a call may hold it twice, and be of 128 KB
            for k, form in enumerate(forms):
                if (n + k) % step:
                    continue
                call = [os.fsencode(w).replace(b"@", given) for w in form.split()]
                data = form.split()[0] in AS_IT_IS
                problems += problems_of([form, given[:60]], lab.run(call, top, stdin=b""), data)
                if os.path.exists(f"{top}/hostile-ran"):
                    problems.append(f"{form}: {given!r} was run as a command")
                    os.unlink(f"{top}/hostile-ran")
        return problems

    problems = flat(lab.each(some, shares(lab, texts)))
    report.case(f"{len(texts)} inputs as arguments, {'each' if lab.long else 'one'} of {len(forms)} calls", problems)


def by_environment(lab, report, texts):
    names = """USER LOGNAME EMAIL GIT_AUTHOR_NAME GIT_AUTHOR_EMAIL GIT_COMMITTER_NAME LANG LANGUAGE LC_MESSAGES LC_ALL TZ TERM
COLUMNS LINES VISUAL EDITOR PAGER GIT_DIR GIT_WORK_TREE XDG_CONFIG_HOME XDG_STATE_HOME XDG_CACHE_HOME ADREF_PARTY
NO_COLOR COLORTERM SSH_AUTH_SOCK TMPDIR HOME GIT_SSH_COMMAND GIT_EXTERNAL_DIFF GIT_CEILING_DIRECTORIES""".split()
    calls = [["status"], ["set"], ["commit", "x"], ["resolve", "x", "1", "1"], ["log"], ["sync"], ["version"]]

    def some(numbered):
        top = small_repository(lab, "e")
        problems = []
        for n, text in numbered:
            given = text.replace(b"\0", b"")[:20000]
            for k, name in enumerate(names):
                if not lab.long and (n + k) % len(names):
                    continue
                env = {os.fsencode(a): os.fsencode(b) for a, b in lab.env.items()}
                env[os.fsencode(name)] = given
                call = calls[(n + k) % len(calls)]
                problems += problems_of([*call, f"({name})", given[:60]], lab.run(call, top, env=env))
                put(f"{top}/drafts/x.md", b"# T\n\n1) a [b / c] d\n")
        return problems

    report.case(f"{len(texts)} inputs in the environment", flat(lab.each(some, shares(lab, texts))))


# Keys that go to all screens there are and look at each; "!" waits for nothing. Esc comes back.
DESK = [b"\x1b[B", b"l", b"\x1b[B", b"\r", b"\x1b", b"q", b"L", b"\x1b[B", b"\r", b"q", b"m", b"\x1b[B", b"q", b"v", b"q", b"c",
        b"\x1b[B", b"q", b"?", b"q", b"/h", b"\r", b"\x1b"]
EDIT = [b"\x1b[6~", b"\x1bOS", b"\x1b[18~", b"\x1b[19~", b"\x06one", b"\r", b"\x1b", b"\x07:400\r", b"\x10", b"\x1b[F"]
DOWN, UP, TAB, ESC, ENTER, PROMPT = b"\x1b[B", b"\x1b[A", b"\t", b"\x1b", b"\r", b"\x10"
# From the editor to what is known of the draft's past, and what its prompts offer (Tab).
PAST = [PROMPT, TAB, TAB, ESC, b"\x10progress\r", DOWN, b"o", b"v", DOWN, b"q", b"\x10life\r", DOWN, TAB, ENTER, b"n", b"q", b"q",
        b"\x10log\r", b"/", TAB, TAB, ESC, b"/author:", TAB, TAB, ENTER, ENTER, b"w", b"q", b"q", b"\x10blame\r", DOWN, b"q",
        b"\x10preview\r", DOWN, TAB, b"q", b"\x10matrix\r", b"/", TAB, TAB, ESC, DOWN, b"q"]
# What the chair is told of who wants what, and asked before something is put off; overlap; settings.
CHAIR = [b"j", b"w", DOWN, b"\x1b[6~", b"w", b"j", b"w", ESC, TAB, b"i", DOWN, b"q", b"d", TAB, TAB, ESC, b"\x1b[6~", b"?", b"q"]
WHOLE = [b"P", DOWN, b"v", b"q", b"O", DOWN, ENTER, ESC, b"q", b":", b"set ", TAB, ESC, b":set meeting=", TAB, TAB, ESC]
QUIT = [b"\x1b", b"\x11", b"q", b"n", b"d", b"\x11", b"\x1b", b"\x11"]


def on_screen(lab, report, texts, top):
    """The workbench on the workspace that has them all, and each of the drafts in the editor."""
    small = [t for t in texts if len(t) < 3000]
    tours = [([], DESK), ([], WHOLE), (["edit", "h"], EDIT), (["edit", "h"], PAST), (["chair", "h"], CHAIR),
             (["edit", "long0"], [b"\x1b[F", b"\x1b[6~"])]
    if lab.long:
        for n, text in enumerate(small):
            put(f"{top}/drafts/one{n}.md", draft([text]))
            tours.append((["edit", f"one{n}"], [b"\x1b[6~", b"\x1b[18~"]))
    sizes = [(24, 80), (40, 120), (10, 40)] if lab.long else [(40, 120)]

    def tour(one):
        args, keys, size = one
        out, status = lab.screen(args, top, keys + QUIT, size=size)
        found = raw.of_terminal(out)
        problems = [f"{args} {size}: {found}"] if found else []
        if len(out) < 500:
            problems.append(f"{args} {size}: nothing on the screen: {out!r}")
        if status is not None and status < 0:
            problems.append(f"{args} {size}: killed by signal {-status}")
        return problems

    # They wait most of the time: more of them at once than there are processors.
    problems = flat(lab.each(tour, [(*one, size) for one in tours for size in sizes], 2 * lab.jobs if lab.long else 3))
    report.case(f"{len(tours)} tours of the workbench, {len(sizes)} sizes", problems)


MARKUP = [
    b"<script>alert(1)</script>", b"<img src=x onerror=alert(1)>", b"a <!-- b", b"--> c", b"[x](http://example.org/)", b"[x](javascript:alert(1))", b"[l]: javascript:alert(1)", b'" onclick="alert(1)" "',
    b"`<b onclick=x>`{=html}", b"[x]{onclick=alert(1) .x}", b"::: {onclick=alert(1)}", b"![x](http://example.org/x.png)", b"<svg/onload=alert(1)>",
    b"\\<script>alert(1)\\</script>", b"&lt;script&gt;&#60;script&#62;", b"<http://example.org/>", b"$x$ \\(y\\)", b"\x1b]0;title\x07\x1b[31m",
]


class Elements(html.parser.HTMLParser):
    """What a page is made of, and where it leads."""

    def __init__(self, page):
        super().__init__()
        self.found = set()
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.found |= {(tag, None), *((tag, name) for name, _ in attrs)}
        self.found |= {(tag, f"{name}={value}") for name, value in attrs if name in ("href", "src", "action", "content", "http-equiv")}

    def handle_comment(self, data):
        self.found.add(("comment", data))


def marked(lab, report, texts):
    """What changed since a version, as a page: its texts, author and message are words there, whatever they hold."""
    if not shutil.which("pandoc"):
        report.skip("what changed as a page", "there is no pandoc")
        return

    def page(some):
        top = small_repository(lab, "w")
        for n in (1, 2):
            put(f"{top}/drafts/x.md", draft([b"since %d " % n + t.replace(b"\n", b" ") for t in some]))
            lab.git(top, "add", "-A")
            env = {f"GIT_{a}_NAME": b"x" + some[0].translate(None, b"\0\n<>")[:200] for a in ("AUTHOR", "COMMITTER")}
            lab.git(top, "commit", "-q", "-F", "-", stdin=b"x " + some[0].replace(b"\0", b""), env=env)
        call = ["export", "--since", "HEAD~1", "--output", "x.html", "x"]
        result = lab.run(call, top)
        problems = list(problems_of([*call, some[0][:60]], result))
        if result[0] == 3 and b"too many for a draft" in result[2]:  # which of them is it?
            half = len(some) // 2
            pages = [page(part) for part in (some[:half], some[half:])] if half else []
            return set().union(*(found for found, _ in pages)), problems + sum((more for _, more in pages), [])
        if result[0]:
            return set(), [f"{some[0][:60]!r}: ended with {result[0]}: {result[2][-200:]!r}"]
        with open(f"{top}/x.html", "rb") as f:
            return Elements(f.read().decode("utf-8", "replace")).found, problems

    plain, problems = page([b"one *two* `three` [four](http://example.org/)"] * 16)
    plain |= {("a", "href=http://example.org/x.png")}  # a picture is a link to it
    groups = [MARKUP] + [texts[n:n + 40] for n in range(0, len(texts) if lab.long else 80, 40)]
    for found, more in lab.each(page, groups):
        problems += [f"the page has {tag} {name or ''}" for tag, name in sorted(found - plain, key=str)] + more
    report.case(f"{len(groups)} pages of what changed have no markup of the texts'", problems)


def typed(lab, report, texts):
    """The inputs pasted and typed into the editor and into every prompt."""
    chosen = texts if lab.long else texts[::12]

    def some(some_texts):
        top = small_repository(lab, "t")
        keys = []
        for text in some_texts:
            given = text[:2000]
            keys.append(b"\x1b[200~" + given.replace(b"\x1b[201~", b"") + b"\x1b[201~")
            keys.append(b"\x06\x1b[200~" + given[:200] + b"\x1b[201~")
            keys.append(b"\x1b")
        out, status = lab.screen(["edit", "x"], top, keys + QUIT, most=40)
        found = raw.of_terminal(out)
        problems = [f"pasted {some_texts[0][:60]!r} and more: {found}"] if found else []
        if status is not None and status < 0:
            problems.append(f"pasted {some_texts[0][:60]!r} and more: killed by signal {-status}")
        return problems

    problems = flat(lab.each(some, [chosen[n:n + 12] for n in range(0, len(chosen), 12)], 2 * lab.jobs if lab.long else 3))
    report.case(f"{len(chosen)} inputs pasted into the editor and its prompts", problems)


def itself(report):
    """The eye that looks for what is raw sees it."""
    blind = [t for t in ([] if "NAUGHTY" in os.environ else labs.inputs()[:100]) if raw.of_bytes(t) is None and t.strip(b" -~\t\n") != b"" and any(c < 32 or c > 126 for c in t)
             and not t.decode("utf-8", "replace").isprintable() and b"\n" not in t and b"\t" not in t]
    checks = [raw.of_terminal(b"\x1b[1;1Hok\x1b[m\x1b(B"), None if raw.of_terminal(b"\x1b]52;c;x\x07") else "OSC passes",
              None if raw.of_terminal(b"a\xc2\x9b31m") else "C1 passes", None if raw.of_terminal(b"\x1b[6n") else "a question passes"]
    report.case("what is raw is seen to be raw", [f"{b!r} passes" for b in blind] + [c for c in checks if c])


def run(lab, report):
    texts = labs.inputs()
    if not lab.long:
        texts = [t[:20000] for t in texts]
    itself(report)
    top = by_command(lab, report, texts)
    by_argument(lab, report, texts)
    by_environment(lab, report, texts)
    marked(lab, report, texts)
    on_screen(lab, report, texts, top)
    typed(lab, report, texts)

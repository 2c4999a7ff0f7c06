# SPDX-License-Identifier: MIT
"""The texts that are measured, made from seeds: equal on every machine and at every run.

A draft is numbered clauses of 40 to 140 words below headings; a word in twenty stands
in brackets: alternatives, optional text, points in points, with parties. Words are made
of syllables and are as unevenly frequent as those of a language.
"""
import bisect
import itertools
import random

KB, MB = 1000, 1000 * 1000
REGIONS = ("AFR", "AMS", "ARB", "ASP", "CIS", "EUR")
FRAME = "de la les à et des en du que aux pour dans une un par sur leur au est ou".split()


def _vocabulary(count=6000):
    r = random.Random(7)
    begins = ["", "b", "c", "d", "f", "g", "l", "m", "n", "p", "r", "s", "t", "v", "pr", "tr", "qu", "ch"]
    middles = ["a", "e", "é", "i", "o", "u", "ai", "ou", "è", "on", "en", "oi", "au"]
    ends = ["", "", "", "n", "r", "s", "l", "t", "nt", "x"]
    words = dict.fromkeys(FRAME)
    while len(words) < count:
        n = r.choice((2, 2, 3, 3, 3, 4))
        words["".join(r.choice(begins) + r.choice(middles) for _ in range(n)) + r.choice(ends)] = None
    return list(words)


WORDS = _vocabulary()
_SUMS = list(itertools.accumulate(1 / (rank + 3) for rank in range(len(WORDS))))


def word(r):
    return WORDS[bisect.bisect(_SUMS, r.random() * _SUMS[-1])]


def words(r, few, many):
    return " ".join(word(r) for _ in range(r.randint(few, many)))


def bracket(r, depth=0):
    kind = r.random()
    if kind < 0.45:
        inner = " / ".join(words(r, 1, 3) for _ in range(r.randint(2, 3)))
    elif kind < 0.75 or depth > 2:
        inner = words(r, 2, 7)
    else:
        inner = f"{words(r, 1, 3)} {bracket(r, depth + 1)} {words(r, 1, 3)}"
    text = f"[{inner}]"
    return f"{text} ({r.choice(REGIONS)})" if r.random() < 0.15 else text


def clause(r, brackets):
    parts, left = [], r.randint(40, 140)
    while left > 0:
        if brackets and r.random() < 0.0125:
            parts.append(bracket(r))
        else:
            parts.append(word(r) + (r.choice(",,,;") if r.random() < 0.06 else ""))
        left -= parts[-1].count(" ") + 1
    text = " ".join(parts)
    return text[0].upper() + text[1:] + "."


def draft(size, seed=1, brackets=True):
    """Bytes, a little over size. Above 4 MB clauses come again, under other numbers."""
    r = random.Random(seed)
    pool, parts, done, number = [], [], 0, 0
    made = 0
    while done < size:
        if number % 8 == 0:
            parts.append(f"# {words(r, 2, 5)} {number // 8 + 1}\n\n".encode())
            done += len(parts[-1])
        number += 1
        if made < 4 * MB:
            pool.append(clause(r, brackets).encode())
            made += len(pool[-1])
            body = pool[-1]
        else:
            body = r.choice(pool)
        parts.append(b"%d. %s\n\n" % (number, body))
        done += len(parts[-1])
    return b"".join(parts)


def edited(text, share, seed):
    """The text with this share of its words replaced, taken out or added to, line by line."""
    r = random.Random(seed)
    lines = []
    for line in text.decode().split("\n"):
        kept = []
        for index, one in enumerate(line.split(" ")):
            what = r.random()
            if index == 0 or what >= share or "[" in one or "]" in one or one == "/":
                kept.append(one)
            elif what < share * 0.6:
                kept.append(word(r))
            elif what >= share * 0.8:
                kept += [one, word(r)]
        lines.append(" ".join(kept))
    return "\n".join(lines).encode()


def one_word_a_line(text):
    return b"\n".join(text.replace(b"\n", b" \n ").split(b" "))


def history(commits, drafts, hot):
    """The stream for git fast-import of a repository: drafts/draft000.md changes in `hot` of the
    commits, spread evenly, and the others in the rest. A word or a bracket changes at a time.
    In parts, since it can be large."""
    r = random.Random(commits)
    texts = [draft(40 * KB if i == 0 else 4 * KB, seed=i + 1).decode().split("\n\n") for i in range(drafts)]
    when, every = 1500000000, max(1, commits // hot)
    for number in range(commits):
        when += r.randint(60, 1800)
        who, said = r.choice(REGIONS).encode(), b"commit %d\n" % number
        yield (b"commit refs/heads/main\ncommitter %s <%s@example.org> %d +0000\ndata %d\n%s\n" % (
            who, who, when, len(said), said))
        at = 0 if number % every == 0 else r.randrange(1, drafts)
        one = texts[at]
        place = r.randrange(len(one))
        one[place] = edited(one[place].encode(), 0.05, number).decode()
        if r.random() < 0.2:
            one[place] = one[place].replace(" ", f" {bracket(r)} ", 1)
        for i in range(drafts) if number == 0 else (at,):
            text = "\n\n".join(texts[i]).encode()
            yield b"M 100644 inline drafts/draft%03d.md\ndata %d\n%s\n" % (i, len(text), text)

"""Hostile templates, each rendered in a process of its own with 500 MB and 2 seconds.

Usage: python tests/support/escaping.py < cases.json
"""

import json
import os
import resource
import signal
import sys
import time

MEMORY = 500 * 2**20
SECONDS = 2


def answer(case):
    """What the narrative says to one case: the codes of its problems, and its outputs."""
    from wording import CAPTIONS, PAGE, say

    where, text = case
    words, more = "Words.", {}
    if where == "chapter":
        words = text
    elif where == "caption":
        words, more = (
            '{{ table("by-role") }}',
            {"captions": CAPTIONS.replace("Notices by role", text), "tables": ["by-role"]},
        )
    elif where == "page":
        more = {"page": PAGE.replace("<main>", f"{text}<main>")}
    else:
        more = {"css": text}
    said = say(words, **more)
    made = said.narrative
    return {
        "problems": [[one.code, one.message, one.hint, one.file] for one in said.problems if one.severity == "problem"],
        "html": made.html[-20_000:] if made else "",
        "govspeak": made.govspeak[:20_000] if made else "",
    }


def alone(case):
    """The answer of a child that may use so much memory and time; its fate where it gives none."""
    read, write = os.pipe()
    began = time.monotonic()
    child = os.fork()
    if child == 0:
        os.close(read)
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
        signal.alarm(60)  # a child that waits for something uses no processor
        with os.fdopen(write, "w") as pipe:
            json.dump(answer(case), pipe)
        os._exit(0)
    os.close(write)
    with os.fdopen(read) as pipe:
        text = pipe.read()
    _, status, used = os.wait4(child, 0)
    made = json.loads(text) if status == 0 and text else {"problems": [], "html": "", "govspeak": ""}
    return made | {"status": status, "cpu": used.ru_utime + used.ru_stime, "wall": time.monotonic() - began}


def main():
    """Every case of the standard input."""
    import wording

    wording.say("{{ stat('penalties.issued') }}")  # what every child needs is loaded once
    json.dump([alone(case) for case in json.load(sys.stdin)], sys.stdout)


if __name__ == "__main__":
    main()

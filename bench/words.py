"""How long a saved word takes: the chapter alone, all that is done for it, and the whole report beside them.

Usage: python bench/words.py [ROUNDS] [YEAR]. Processor time, since other programs may run; one word of each chapter is
changed in turn and rendered with the memory of the rendering before.
"""

import statistics
import sys
import time
from dataclasses import replace
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))


def rendering(year):
    """What renders templates on a year without drawing its charts, and the templates."""
    from reportgen import document, measures
    from reportgen.app.progress import Progress, quiet
    from reportgen.app.protected_year import calculate
    from reportgen.model.edition import Edition
    from reportgen.model.stages import Workspace
    from reportgen.scheme import publication_spec

    folders = Workspace(ROOT / "inputs", ROOT / "templates", ROOT / "outputs")
    work = Progress(quiet)
    numbers = calculate(folders, Edition(year), work, drawn=False)
    work.settle()

    def render(templates, memory=None):
        found = document.render(
            templates,
            numbers.statistics,
            numbers.tables,
            numbers.charts,
            numbers.release,
            known_tables=publication_spec.TABLES,
            known_charts=publication_spec.CHARTS,
            known_figures=measures.definitions(numbers.statistics.records.questions),
            draft=True,
            memory=memory,
            paper=False,
        )
        assert found.value is not None, found.problems

    return render, document.read_templates(folders.templates).value


def main():
    from reportgen.document import Memory
    from reportgen.document.report import Writing

    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    render, templates = rendering(int(sys.argv[2]) if len(sys.argv) > 2 else 2025)
    took = []
    usual = Writing._chapter  # noqa: SLF001 - what is measured

    def timed(self, *given):
        began = time.process_time()
        made = usual(self, *given)
        took.append(time.process_time() - began)
        return made

    Writing._chapter = timed  # noqa: SLF001 - as above
    whole = []
    for _ in range(rounds):
        began = time.process_time()
        render(templates)
        whole.append(time.process_time() - began)
    print(f"the whole report: {1000 * statistics.median(whole):.0f} ms")
    memory = Memory()
    render(templates, memory)
    for n, chapter in enumerate(templates.chapters):
        alone, all_of_it = [], []
        for turn in range(1, rounds + 1):
            text = chapter.text.replace(" the ", f" the{' ' * (turn + 1)}", 1)
            changed = (*templates.chapters[:n], replace(chapter, text=text), *templates.chapters[n + 1 :])
            took.clear()
            began = time.process_time()
            render(replace(templates, chapters=changed), memory)
            all_of_it.append(time.process_time() - began)
            alone.append(took[-1])
        render(templates, memory)
        times = (1000 * statistics.median(one) for one in (alone, all_of_it))
        print("{:24} alone {:4.0f} ms, with the page {:4.0f} ms".format(chapter.id, *times))


if __name__ == "__main__":
    main()

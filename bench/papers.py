"""Milliseconds to set each paper, beside Mẫu 01 (R40), and to put a hundred receipts into one file.

Run from the root of the project: `python -m bench.papers`. Processor time, median of rounds in turn, so that a busy
machine counts little.
"""

import time as clock
from collections.abc import Callable
from dataclasses import replace
from statistics import median

from motcua.papers.bulk import MOST, together
from motcua.papers.receipt import render_receipt
from tests.papers.forms import FORMS
from tests.papers.samples import LONGEST, ORDINARY

ROUNDS = 15


def main() -> None:
    papers: dict[tuple[str, str], Callable[[], bytes]] = {
        ("receipt", "ordinary"): lambda: render_receipt(ORDINARY),
        ("receipt", "longest"): lambda: render_receipt(LONGEST),
    }
    for form in FORMS:
        for sample in ("ordinary", "longest"):
            papers[form.name, sample] = lambda form=form, sample=sample: form.render(form.samples()[sample])  # type: ignore[misc]
    spent: dict[tuple[str, str], list[float]] = {which: [] for which in papers}
    for _round in range(ROUNDS):
        for which, draw in papers.items():
            spent[which].append(_ms(draw))
    base = median(spent["receipt", "ordinary"][1:])
    print(f"{'ms of processor time a paper':<30}{'ordinary':>10}{'× Mẫu 01':>10}{'longest':>10}{'bytes':>9}")
    for name in ("receipt", *(form.name for form in FORMS)):
        usual, long = (median(spent[name, sample][1:]) for sample in ("ordinary", "longest"))
        print(
            f"{name:<30}{usual:>10.1f}{usual / base:>10.2f}{long:>10.1f}{len(papers[name, 'ordinary']()):>9}"
        )
    pdfs = [render_receipt(replace(ORDINARY, code=f"000.19.75.H57-190304-{n:04}")) for n in range(MOST)]
    bound = _ms(lambda: together(pdfs))
    size = len(together(pdfs))
    print(f"{MOST} receipts into one file: {bound:.0f} ms, {size / sum(map(len, pdfs)):.2f} of their bytes")


def _ms(draw: Callable[[], bytes]) -> float:
    begin = clock.process_time()
    draw()
    return (clock.process_time() - begin) * 1000


if __name__ == "__main__":
    main()

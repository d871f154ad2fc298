import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
import typst

from motcua.papers import apart, typeset
from motcua.papers.receipt import render_receipt
from motcua.papers.typeset import FORMS, UNPRINTABLE, clean
from tests.papers.reading import Printed
from tests.papers.samples import ORDINARY, RECEIVED


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("  Hồ   Thị\tKăn\nƯh ", "Hồ Thị Kăn Ưh"),
        ("Nguye\u0302\u0303n", "Nguyễn"),  # decomposed, as some keyboards and all Macs send it
        ("Ê\u0306 A Lưới", "Ê̆ A Lưới"),  # a letter of the Pa Cô that Unicode has only in two parts
        ("x\x00\x1by", "xy"),
        ("\u202eABC", "ABC"),  # would turn the line around
        ("co\u200bde", "code"),
        ("Vui 🙂", f"Vui {UNPRINTABLE}"),
        ("中", UNPRINTABLE),
        ("\ud800", ""),
        ("a\u20dd", "a"),
    ],
)
def test_clean_keeps_what_can_be_printed(typed, printed):
    assert clean(typed) == printed


def test_every_character_that_clean_lets_through_can_be_drawn_in_every_face():
    letters = "".join(map(chr, sorted(typeset._drawable())))
    kept = clean(" ".join(letters)).split()
    assert len(kept) > 2500
    form = """
        #set document(title: "x")
        #set text(font: "Tinos", fallback: false)
        #set par(linebreaks: "simple")
        #let letters = sys.inputs.letters.split(" ")
        #for part in letters.chunks(40) {
          let words = part.join(" ")
          par(words + strong(words) + emph(words) + strong(emph(words)))
        }
    """
    compiler = typst.Compiler(form.encode(), font_paths=typeset._fonts(), ignore_system_fonts=True)
    assert compiler.compile(
        format="pdf", sys_inputs={"letters": " ".join(kept)}, pdf_standards=["a-2a", "ua-1"], timestamp=0
    )


def test_a_long_run_may_break_first_between_the_parts_of_a_code():
    assert typeset._pieces("000.19.75.H57-190304-0001", 10) == [
        "000.", "19.", "75.", "H57-", "190304-", "0001",
    ]  # fmt: skip
    assert typeset._pieces("ABCDEFGH@x", 3) == ["A", "B", "C", "D", "E", "F", "G", "H", "@", "x"]
    assert typeset._breakable("ngắn thôi", 5) == "ngắn thôi"
    assert typeset._pieces("W" * 8, 6) == ["WW"] * 4
    assert "".join(typeset._pieces("--a..b//", 2)) == "--a..b//"


def test_threads_do_not_disturb_each_other():
    papers = [replace(ORDINARY, applicant=f"Người thứ {number}", number=number) for number in range(24)]
    alone = [render_receipt(paper) for paper in papers]
    with ThreadPoolExecutor(4) as threads:
        together = list(threads.map(render_receipt, papers))
    assert together == alone


def test_a_paper_set_apart_is_the_same_paper():
    data = {
        "year": 2019,
        "book": "",
        "superior": "",
        "agency": "UBND xã Vỹ",
        "place_and_day": "",
        "open_until": "",
        "summary": "Sổ không ghi hồ sơ nào.",
        "head": "",
        "simulated": False,
        "rows": [],
        "torn": False,
    }
    here = typeset.render("register", data, issued=RECEIVED, tagged=False)
    assert apart.render_apart("register", data, issued=RECEIVED, tagged=False) == here


def test_a_child_that_fails_says_why():
    with pytest.raises(apart.NotSet, match="does not contain key"):
        apart.render_apart("register", {}, issued=RECEIVED)


def test_a_child_that_hangs_is_given_up(monkeypatch):
    monkeypatch.setattr(apart, "PATIENCE", 0.01)
    with pytest.raises(apart.NotSet, match=r"0\.01 s"):
        apart.render_apart("register", {}, issued=RECEIVED)


def test_setting_a_paper_needs_no_django():
    """The child process of a register starts in a tenth of a second only as long as this holds."""
    code = "import sys, motcua.papers.apart, motcua.papers.register; sys.exit('django' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_a_form_cannot_read_outside_its_folder(tmp_path):
    assert {path.suffix for path in FORMS.iterdir()} == {".typ"}
    outside = replace(ORDINARY, applicant='#read("../typeset.py")')
    assert '#read("../typeset.py")' in Printed(render_receipt(outside)).text()

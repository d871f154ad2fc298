"""R16: every reason can be said in both languages."""

from datetime import date
from string import Formatter

import pytest

from motcua.rules.wording import SENTENCES, Reason, duration, sentence

SATURDAY = date(2019, 5, 4)


@pytest.mark.parametrize("reason", Reason)
def test_r16_both_languages_say_the_same_facts(reason):
    facts = {
        language: {name for _, name, _, _ in Formatter().parse(text) if name}
        for language, text in SENTENCES[reason].items()
    }
    assert set(facts) == {"vi", "en"}
    assert facts["vi"] == facts["en"]


def test_r16_weekdays_have_names():
    assert sentence(Reason.WEEKEND, day=SATURDAY) == "Thứ Bảy, nghỉ hằng tuần"
    assert sentence(Reason.WEEKEND, day=date(2019, 5, 5)) == "Chủ nhật, nghỉ hằng tuần"
    assert sentence(Reason.WEEKEND, day=SATURDAY, language="en") == "Saturday, weekly day off"


def test_r16_a_name_with_braces_is_only_a_name():
    assert sentence(Reason.HOLIDAY, day=SATURDAY, detail="{number}") == "Nghỉ lễ: {number}"
    assert sentence(Reason.HOLIDAY, day=SATURDAY) == "Nghỉ lễ"


@pytest.mark.parametrize(
    ("minutes", "vi", "en"),
    [
        (0, "0 phút", "0 min"),
        (5, "5 phút", "5 min"),
        (60, "1 giờ", "1 h"),
        (90, "1 giờ 30 phút", "1 h 30 min"),
        (480, "8 giờ", "8 h"),
    ],
)
def test_r16_durations(minutes, vi, en):
    assert duration(minutes) == vi
    assert duration(minutes, "en") == en

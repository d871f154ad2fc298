"""Every component renders, escapes what it is given, and says in words what it shows in colour."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django import forms
from django.template import engines
from django.template.loader import render_to_string
from django.utils import translation

from motcua.ui import sample
from motcua.ui.templatetags.ui import linked

DUE = datetime(2019, 5, 4, 10, 0, tzinfo=UTC)
EVIL = "<script>&"
ADDRESS = "https://a.vn/b?c=1&amp;d=2"
SAFE = "&lt;script&gt;&amp;"


@pytest.fixture(autouse=True)
def vietnamese(settings):
    """In Vietnamese, and with plain names of assets: a test has collected none."""
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": plain}
    with translation.override("vi"):
        yield


def show(source, **context):
    return engines["django"].from_string(source).render(context)


class Mistaken(forms.Form):
    name = forms.CharField(label="Họ và tên", help_text="Như trên giấy tờ")
    way = forms.ChoiceField(
        label="Nhận kết quả", widget=forms.RadioSelect, choices=[("a", "Tại quầy"), ("b", "Bưu chính")]
    )
    agree = forms.BooleanField(label="Đã đối chiếu")
    note = forms.CharField(label="Ghi chú", required=False, widget=forms.Textarea)

    def clean(self):
        raise forms.ValidationError("Hồ sơ này vừa được người khác nhận.")


@pytest.mark.parametrize(
    "source",
    [
        "{% badge evil %}",
        "{% state evil table %}",
        "{% notice title=evil %}{{ evil }}{% endnotice %}",
        "{% page_head evil over=evil back=evil back_label=evil %}{% endpage_head %}",
        "{% empty evil %}{{ evil }}{% endempty %}",
        "{% confirm evil %}{{ evil }}{% endconfirm %}",
        "{% kv pairs %}",
        "{% stat evil evil note=evil href=evil %}",
        "{% steps items %}",
        "{% timeline entries %}",
        "{% tabs items evil %}",
        "{% pager newer=evil older=evil count=evil %}",
        "{% file_item evil evil note=evil %}",
        "{% key evil %}",
    ],
)
def test_what_is_given_is_escaped(source):
    html = show(
        source,
        evil=EVIL,
        table={},
        pairs={EVIL: EVIL},
        items=[{"label": EVIL, "url": EVIL, "note": EVIL, "count": EVIL, "state": "todo"}],
        entries=[{"at": DUE, "title": EVIL, "actor": EVIL, "source": EVIL, "target": EVIL, "note": EVIL}],
    )
    assert EVIL not in html
    assert SAFE in html


@pytest.mark.parametrize("table", [{"new": ("Mới", "info")}, [("new", "Mới", "info")]])
def test_a_state_takes_its_words_and_tone_from_the_table(table):
    assert show("{% state 'new' table %}", table=table) == '<span class="badge badge-info">Mới</span>'


def test_an_unknown_state_is_shown_as_it_is():
    assert "khác" in show("{% state 'khác' table %}", table={})


def test_due_says_when_for_people_and_machines_and_what_is_left():
    html = show("{% due at %}", at=DUE, now=DUE + timedelta(days=2))
    assert '<time datetime="2019-05-04T17:00+07:00">17:00, 04/05/2019</time>' in html
    assert "due-overdue" in html
    assert "quá hạn 2 ngày" in html


def test_no_due_time_says_so():
    assert "chưa có hạn" in show("{% due None %}")


def test_what_is_not_published_says_so():
    assert "chưa công bố" in show("{% kv pairs %}", pairs=[("Lệ phí", None)])
    assert "chưa công bố" not in show("{% kv pairs %}", pairs=[("Lệ phí", 0)])


def test_a_field_joins_its_input_to_label_help_and_error():
    html = show("{% field form.name width='s' %}", form=Mistaken({}))
    assert '<label for="id_name">Họ và tên</label>' in html
    assert 'aria-describedby="id_name_helptext id_name_error"' in html
    assert 'aria-invalid="true"' in html
    assert 'id="id_name_helptext"' in html
    assert 'id="id_name_error"' in html
    assert 'class="field w-s has-error"' in html


def test_a_group_is_a_fieldset_that_carries_its_error():
    html = show("{% field form.way row=True %}", form=Mistaken({}))
    assert '<fieldset class="field has-error" aria-describedby="id_way_error">' in html
    assert html.count('<label class="choice">') == 2
    assert "choices row" in html


def test_a_tick_stands_before_its_label():
    html = show("{% field form.agree %}", form=Mistaken())
    assert html.index("<input") < html.index("Đã đối chiếu")


def test_what_may_be_left_out_says_so():
    assert "không bắt buộc" in show("{% field form.note %}", form=Mistaken())
    assert "không bắt buộc" not in show("{% field form.name %}", form=Mistaken())


def test_the_summary_names_every_mistake_and_leads_to_it():
    html = show("{% error_summary form none %}", form=Mistaken({}), none=None)
    assert "Có 4 chỗ cần sửa" in html
    assert re.findall('href="([^"]*)"', html) == ["#id_name", "#id_way_0", "#id_agree"]
    assert "Hồ sơ này vừa được người khác nhận." in html


def test_the_summary_takes_formsets():
    papers = forms.formset_factory(Mistaken, extra=0)(
        {"form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "0", "form-0-name": "x"}
    )
    html = show("{% error_summary papers %}", papers=papers)
    assert 'href="#id_form-0-way_0"' in html


def test_no_mistake_no_summary():
    assert show("{% error_summary form %}", form=Mistaken()).strip() == ""


def test_the_timeline_says_from_whom_to_whom():
    html = show("{% timeline entries %}", entries=sample.TIMELINE)
    assert html.index("Trả lại bước trước") < html.index("Tiếp nhận</strong>")
    assert "Lãnh đạo" in html
    assert "09:05, 03/05/2019" in html


def test_the_step_one_is_at_is_told_to_screen_readers():
    assert show("{% steps items %}", items=sample.STEPS).count('aria-current="step"') == 1


def test_a_page_that_is_alone_has_no_pager():
    assert show("{% pager %}").strip() == ""


# -- frames ---------------------------------------------------------------------------------------

NAV = [
    {"label": "Việc của tôi", "url": "/work/", "current": True, "hotkey": "1", "count": 3},
    {"label": "Tiếp nhận", "url": "/receive/", "current": False, "hotkey": "2"},
]


class Officer:
    is_authenticated = True

    def get_full_name(self):
        return "Ngô Thị Bích"


def test_the_officers_frame():
    html = render_to_string(
        "ui/staff.html",
        {
            "desk_unit": "UBND phường Vỹ Dạ",
            "desk_roles": "Tiếp nhận",
            "nav_items": NAV,
            "user": Officer(),
            "logout_url": "/out/",
            "search_url": "/find/",
        },
    )
    assert '<html lang="vi" class="staff">' in html
    assert html.index('class="skip"') < html.index("<header")
    assert html.count("<main") == html.count('id="main"') == 1
    assert html.count('accesskey="1"') == 1
    assert 'aria-current="page"' in html
    assert '<form method="post" action="/out/">' in html
    assert '<label class="sr" for="find">' in html


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("một\nhai\n\nba", "<p>một<br>hai</p>\n\n<p>ba</p>"),
        (EVIL, f"<p>{SAFE}</p>"),
        (
            "(xem https://a.vn/b?c=1&d=2).",
            f'<p>(xem <a href="{ADDRESS}" rel="nofollow noopener noreferrer">{ADDRESS}</a>).</p>',
        ),
        ("javascript:alert(1) ftp://x.vn www.a.vn", "<p>javascript:alert(1) ftp://x.vn www.a.vn</p>"),
        (
            'https://a.vn/"onclick="x',
            '<p><a href="https://a.vn/" rel="nofollow noopener noreferrer">https://a.vn/</a>&quot;onclick=&quot;x</p>',
        ),
    ],
)
def test_links_in_plain_text(typed, shown):
    assert linked(typed) == shown


@pytest.mark.parametrize(
    "name", ["ui/public.html", "ui/staff.html", "ui/stale.html", "404.html", "403.html", "500.html"]
)
def test_a_frame_stands_without_any_context(name):
    assert "</html>" in render_to_string(name)


def test_the_page_of_components_shows_three_mistakes_and_no_inline_style():
    html = render_to_string("ui/components.html", sample.context())
    assert "Có 3 chỗ cần sửa" in html
    assert not re.search(r'\sstyle="|<style|\son[a-z]+="|javascript:', html)
    ids = re.findall(r'\sid="([^"]+)"', html)
    assert len(ids) == len(set(ids))

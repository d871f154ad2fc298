"""Made-up content for the page of components: three mistakes at once, a dossier's life, a list of work."""

from datetime import UTC, datetime
from typing import Any

from django import forms

STATES = {
    "received": ("Mới tiếp nhận", "info"),
    "processing": ("Đang xử lý", "active"),
    "approval": ("Chờ phê duyệt", "wait"),
    "supplement": ("Chờ bổ sung", "neutral"),
    "ready": ("Có kết quả", "ok"),
    "refused": ("Từ chối", "bad"),
}
NOW = datetime(2019, 5, 3, 2, 30, tzinfo=UTC)  # 09:30 in Huế


class SampleForm(forms.Form):
    """Every kind of input that the pages use."""

    name = forms.CharField(label="Họ và tên người nộp", initial="Trần Thị Mai")
    identity = forms.RegexField(
        r"^\d{9}(\d{3})?$",
        label="Số giấy tờ tùy thân",
        help_text="CMND 9 số hoặc CCCD 12 số",
        error_messages={"invalid": "Số giấy tờ tùy thân phải có 9 hoặc 12 chữ số."},
    )
    born = forms.DateField(
        label="Ngày sinh",
        required=False,
        input_formats=["%d/%m/%Y"],
        error_messages={"invalid": "Ngày sinh viết như 04/05/2019."},
    )
    field_of = forms.ChoiceField(
        label="Lĩnh vực",
        choices=[("", "Chọn lĩnh vực"), ("ht", "Hộ tịch"), ("ct", "Chứng thực"), ("dd", "Đất đai")],
    )
    channel = forms.ChoiceField(
        label="Nhận kết quả",
        widget=forms.RadioSelect,
        choices=[("desk", "Tại Bộ phận Một cửa"), ("post", "Qua bưu chính"), ("online", "Trực tuyến")],
        error_messages={"required": "Chọn cách nhận kết quả."},
    )
    notify = forms.MultipleChoiceField(
        label="Báo tin cho người nộp",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[("sms", "Tin nhắn"), ("mail", "Thư điện tử")],
    )
    original = forms.BooleanField(label="Đã đối chiếu với bản chính", required=False)
    scan = forms.FileField(label="Bản quét", required=False, help_text="PDF hoặc ảnh, tối đa 20 MB")
    note = forms.CharField(label="Ghi chú", required=False, widget=forms.Textarea(attrs={"rows": 3}))


def context() -> dict[str, Any]:
    """What `ui/components.html` shows."""
    return {
        "now": NOW,
        "states": STATES,
        "form": SampleForm(),
        "wrong": SampleForm(
            {"name": "Trần Thị Mai", "identity": "19180", "born": "31/02/1990", "field_of": "ht"}
        ),
        "tones": ["neutral", "info", "active", "wait", "ok", "bad"],
        "rows": ROWS,
        "timeline": TIMELINE,
        "steps": STEPS,
        "pairs": [
            ("Thủ tục", "Đăng ký khai sinh (1.001193)"),
            ("Lĩnh vực", "Hộ tịch"),
            ("Người nộp", "Trần Thị Mai"),
            ("Lệ phí", None),
        ],
        "tabs": [
            {"label": "Cần xử lý", "url": "#tabs", "current": True, "count": 12},
            {"label": "Chờ bổ sung", "url": "#tabs", "count": 2},
            {"label": "Đã xong", "url": "#tabs"},
        ],
        "overdue_at": datetime(2019, 5, 1, 10, 0, tzinfo=UTC),
        "soon_at": datetime(2019, 5, 3, 10, 0, tzinfo=UTC),
        "later_at": datetime(2019, 5, 8, 10, 0, tzinfo=UTC),
        "simulated": True,
    }


ROWS = [
    {
        "code": "H57.12.15-190502-0003",
        "procedure": "Đăng ký khai tử",
        "applicant": "Lê Văn Hòa",
        "state": "processing",
        "due": datetime(2019, 5, 2, 10, 0, tzinfo=UTC),
    },
    {
        "code": "H57.12.15-190503-0001",
        "procedure": "Đăng ký khai sinh",
        "applicant": "Trần Thị Mai",
        "state": "received",
        "due": datetime(2019, 5, 3, 10, 0, tzinfo=UTC),
    },
    {
        "code": "H57.12.15-190426-0007",
        "procedure": "Chứng thực chữ ký trong các giấy tờ, văn bản (áp dụng cho cả trường hợp chứng thực điểm chỉ)",
        "applicant": "Nguyễn Thị Phương Thảo",
        "state": "approval",
        "due": datetime(2019, 5, 8, 10, 0, tzinfo=UTC),
    },
]
TIMELINE = [
    {
        "at": datetime(2019, 5, 3, 2, 5, tzinfo=UTC),
        "title": "Trả lại bước trước",
        "actor": "Phan Đình Quốc",
        "source": "Lãnh đạo",
        "target": "Công chức Tư pháp – Hộ tịch",
        "note": "Tên đệm của cháu bé trên giấy chứng sinh và tờ khai chưa khớp.",
        "tone": "bad",
    },
    {
        "at": datetime(2019, 5, 3, 1, 40, tzinfo=UTC),
        "title": "Chuyển phê duyệt",
        "actor": "Hồ Thị Thu Hằng",
        "source": "Công chức Tư pháp – Hộ tịch",
        "target": "Lãnh đạo",
        "note": "",
        "tone": "",
    },
    {
        "at": datetime(2019, 5, 3, 1, 10, tzinfo=UTC),
        "title": "Tiếp nhận",
        "actor": "Ngô Thị Bích",
        "source": "Bộ phận Một cửa",
        "target": "Công chức Tư pháp – Hộ tịch",
        "note": "",
        "tone": "ok",
    },
]
STEPS = [
    {"label": "Tiếp nhận", "state": "done", "note": "08:10, 03/05/2019"},
    {"label": "Xử lý", "state": "current", "note": "Công chức Tư pháp – Hộ tịch"},
    {"label": "Phê duyệt", "state": "todo", "note": ""},
    {"label": "Trả kết quả", "state": "todo", "note": ""},
]

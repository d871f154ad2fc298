"""Pages side by side: what happens behind the desks, and the catalogue."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

_PAGES = (
    ("reactions", _("Việc nền")),
    ("message_queue", _("Hàng đợi tin nhắn")),
    ("wordings", _("Lời nhắn")),
    ("announcements", _("Thông báo")),
    ("thresholds", _("Ngưỡng dấu hiệu")),
)


def background_tabs(current: str) -> list[dict[str, Any]]:
    """For the component `tabs`; `current` is the name of the page that is open."""
    return [{"label": label, "url": reverse(name), "current": name == current} for name, label in _PAGES]


_CATALOGUE = (
    ("catalogue", _("Thủ tục")),
    ("limits", _("Thời hạn")),
    ("catalogue_files", _("Nhập, xuất tệp")),
)


def catalogue_tabs(current: str) -> list[dict[str, Any]]:
    """The pages about the province's catalogue, side by side."""
    return [{"label": label, "url": reverse(name), "current": name == current} for name, label in _CATALOGUE]

"""The two marks of a dossier that machines read: a QR code and a Code 128 barcode, as SVG.

One unit of the picture is one module, and the quiet zone that the standard asks for is inside the picture: whoever
places a mark chooses its size on paper and can't spoil it. The pictures hold numbers only, never the text they encode.
"""

from functools import lru_cache
from typing import Final

QR_QUIET: Final = 4
"""Modules of white on each side (ISO/IEC 18004)."""

BAR_QUIET: Final = 10
"""Modules of white left and right (ISO/IEC 15417)."""

BAR_HEIGHT: Final = 40
"""Height of the bars in modules, before whoever places them stretches the picture."""

_KEPT: Final = 256
"""Marks remembered per process: a receipt is previewed, printed and printed again within minutes; 2 KB each."""


class MarkImpossible(ValueError):
    """The text can't be drawn as this kind of mark; the message says why."""


@lru_cache(maxsize=_KEPT)
def qr(text: str) -> bytes:
    """A QR code of `text`, error correction M or better. Raises MarkImpossible when it is empty or too long."""
    import segno  # here: as pypdf in bulk

    if not text:
        raise MarkImpossible("an empty text has no QR code")
    try:
        code = segno.make_qr(text, error="m")
    except segno.DataOverflowError as error:
        raise MarkImpossible(f"{len(text)} characters do not fit into a QR code") from error
    side = len(code.matrix) + 2 * QR_QUIET
    runs = "".join(
        f"M{QR_QUIET + start} {QR_QUIET + row}h{length}v1h-{length}z"
        for row, modules in enumerate(code.matrix)
        for start, length in _runs(bytes(modules))
    )
    return _picture(side, side, runs)


@lru_cache(maxsize=_KEPT)
def code128(text: str) -> bytes:
    """A Code 128 barcode of `text` without a line of text. Raises MarkImpossible for what Code 128 has no sign for."""
    from barcode.codex import Code128
    from barcode.errors import BarcodeError

    if not text:
        raise MarkImpossible("an empty text has no barcode")
    if not text.isascii() or not text.isprintable():
        raise MarkImpossible(f"{text!r}: a barcode holds printable ASCII only")
    try:
        modules = bytes(int(module) for module in Code128(text).build()[0])
    except BarcodeError as error:
        raise MarkImpossible(f"{text!r}: {error}") from error
    bars = "".join(
        f"M{BAR_QUIET + start} 0h{length}v{BAR_HEIGHT}h-{length}z" for start, length in _runs(modules)
    )
    return _picture(len(modules) + 2 * BAR_QUIET, BAR_HEIGHT, bars)


def _runs(modules: bytes) -> list[tuple[int, int]]:
    """Where each run of dark modules starts, and how long it is."""
    found: list[tuple[int, int]] = []
    for place, dark in enumerate(modules):
        if not dark:
            continue
        if found and sum(found[-1]) == place:
            found[-1] = (found[-1][0], found[-1][1] + 1)
        else:
            found.append((place, 1))
    return found


def _picture(width: int, height: int, path: str) -> bytes:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
        f'viewBox="0 0 {width} {height}" preserveAspectRatio="none"><path d="{path}"/></svg>'
    ).encode()

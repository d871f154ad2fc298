"""Many papers in one file, to be sent to the printer once."""

from collections.abc import Iterable
from io import BytesIO
from typing import Final

MOST: Final = 100
"""Dossiers in one file: what a desk prints in a morning; more is a job for the register."""


def together(pdfs: Iterable[bytes]) -> bytes:
    """The pages of all, in order. Fonts and pictures that are the same in several are kept once."""
    from pypdf import PdfWriter  # here: only who prints many waits for it, not every process that starts

    writer = PdfWriter()
    for pdf in pdfs:
        writer.append(BytesIO(pdf), import_outline=False)
    writer.compress_identical_objects(remove_duplicates=True, remove_unreferenced=True)
    file = BytesIO()
    writer.write(file)
    return file.getvalue()

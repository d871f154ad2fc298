"""Reading a CSV file that somebody hands us: what is wrong is said with the line, before anything is written."""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from unicodedata import normalize

from motcua.journal.errors import Refused

Cells = dict[str, str]


def read(
    path: Path, columns: Sequence[str], refusal: type[Refused], most: Mapping[str, int] | None = None
) -> Iterator[tuple[int, Cells]]:
    """Lines of a UTF-8 CSV file with their numbers, cells stripped; `most` characters of a column fit.

    Raises `refusal` for an unusable file.
    """
    reader = csv.DictReader(io.StringIO(_text(path, refusal), newline=""), strict=True)
    try:
        missing = [name for name in columns if name not in (reader.fieldnames or ())]
        if missing:
            raise refusal(f"{path.name}: thiếu cột {', '.join(missing)}.")
        for cells in reader:
            if None in cells or None in cells.values():
                raise refusal(f"{path.name}, dòng {reader.line_num}: số ô không khớp với dòng tiêu đề.")
            clean = {name: normalize("NFC", value.strip()) for name, value in cells.items()}
            if wrong := _unfit(clean, most or {}):
                raise refusal(f"{path.name}, dòng {reader.line_num}: {wrong}")
            yield reader.line_num, clean
    except csv.Error as error:
        raise refusal(f"{path.name}, dòng {reader.line_num}: không phải CSV ({error}).") from error


def _unfit(cells: Cells, most: Mapping[str, int]) -> str:
    """Why no data base would take these cells; empty: it would."""
    for name, value in cells.items():
        if "\0" in value:
            return f"cột {name} có ký tự không in được."
        if len(value) > most.get(name, len(value)):
            return f"cột {name} dài hơn {most[name]} chữ."
    return ""


def _text(path: Path, refusal: type[Refused]) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise refusal(f"Không đọc được tệp {path}: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise refusal(f"{path.name} không phải mã UTF-8. Hãy lưu lại dạng “CSV UTF-8”.") from error

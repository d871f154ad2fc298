"""A code of our own for a procedure whose code in the national data base is not known."""

import zlib

from motcua.rules.text import unaccent

PROVINCE = "H57"


def own_code(name: str) -> str:
    """`H57.` and six digits, made from the name alone, so that it is the same wherever the file is loaded.

    Capitals, accents and punctuation do not count. Two names can share a code (1 in a million a pair): whoever adds
    a procedure checks that its code is free. Codes once given are pinned by a test, for dossiers carry them.
    """
    return f"{PROVINCE}.{zlib.crc32(unaccent(name).encode()) % 1_000_000:06d}"

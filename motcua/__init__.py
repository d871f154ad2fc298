"""Motcua, "một cửa": the one-stop desks of a Vietnamese province."""

__version__ = "0.1.0"

"""The legal forms as PDF and the books as XLSX, kept exactly as issued.

What never lives here: a decision, or a fact that the dossier does not have.
"""

"""The whole catalogue out to a file and back without loss: JSON, a spreadsheet, or one CSV.

What never lives here: files of prose from other sources (catalog.load_procedures).
"""

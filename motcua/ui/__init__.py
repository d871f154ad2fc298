"""The look of the house: base templates, components, style sheet, template tags, and how dates and money read.

What lives here knows how to show, and nothing about what it shows: it takes values, labels and addresses.
Never here: a model, a query, a rule of procedure, a permission, the name of a page of another room.
"""

"""What happened, who did it, when: append-only, each entry chained to the one before it in its unit.

And who must still hear of it: a row for each reaction that an entry calls for, worked off after the transaction.
What never lives here: a person's name, number or words (entries carry ids, facts and digests), or what any
entry means; the rooms above know that.
"""

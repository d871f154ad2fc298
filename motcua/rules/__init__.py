"""The law in plain Python: working time, time limits, shares, codes, punctuality and what follows from them.

Here lives whatever can be decided from its arguments alone. Hours, holidays, closures and moments come in; dates,
codes and verdicts go out, the same every time. All moments are naive and local (Viet Nam has no summer time) and are
read to the minute: seconds are cut off.

Here will never live: Django, a database, a file, a network, a clock, or anything that depends on who asks.
"""

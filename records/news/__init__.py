"""Who is told of what. A job works it out of a change set that is over: from its history, its followers and what rooms
add as sources (a room above registers them: `sources.add(…)` in its `apps.py`).

`sources` says whom something concerns and why, `making` makes one notice of it a record, `words` puts notices into
words as far as their reader may see what they tell, `letters` sends them.
"""

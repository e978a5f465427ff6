"""The permission matrix: every route and method × everybody who may ask × their own, somebody else's and no ids.

`entries.py` says what an entry is; `pages.py`, `desk.py` and `apps.py` hold one for each route of the three doors.
"""

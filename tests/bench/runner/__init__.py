"""build/bench: runs every subject on every work, interleaved, and says what came out.

`main` reads the command line; `plan` lists the cells (a subject, a work, a placement); `cell` runs
one of them as processes; `results` makes rows of what was measured; `table`, `goals`, `document` and
`plots` show them.
"""

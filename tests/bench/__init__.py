"""The budgets, measured: every figure is a ratio to a baseline that was taken in the same run, in turns.

`python -m tests.bench` prints the table; docs/performance.md says more.

budgets   what is promised, and how a measured row is kept
stores    sample stores of any size
terminal  a program in a real pty, with the time of everything that it writes
bare      the bare Textual app that others are compared with
screens   launches and keys
saving    edits until they are on disk
reading   questions over all meetings
living    memory, and how long the event loop is held
remote    meetings on a PostgreSQL server
report    the table and the JSON
"""

"""Lead numbers from the CSV files that CRMs export (docs/imports.md): read, counted by source and period, planned.

`read_leads` reads a file; `plan` and `bring_in` put what it holds into a meeting. No row of a file is ever kept.
"""

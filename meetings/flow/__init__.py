"""Rules of a meeting's life: agenda and clock, planning, starting, closing, carrying over, merging. Pure."""

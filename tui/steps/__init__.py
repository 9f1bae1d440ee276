"""One widget per step of the agenda."""

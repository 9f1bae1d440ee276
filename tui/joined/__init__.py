"""Several people in one meeting: who is here, who leads, and whose screen follows."""

"""Tables that come in: a file's bytes into rows of text, whatever program wrote it, with the line of each row."""

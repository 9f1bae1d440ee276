"""The command line, one file per command. Imports no screen."""

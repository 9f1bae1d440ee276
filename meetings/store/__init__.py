"""Where meetings are kept."""

"""The meeting: records, rules, figures, storage, files in and out. It knows no screen."""

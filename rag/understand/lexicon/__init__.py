"""The words that reading a question goes by, as tables: one line per kind, one module per theme."""

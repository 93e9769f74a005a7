"""Footnote's engine: answers from the user's own files, every sentence with its source."""

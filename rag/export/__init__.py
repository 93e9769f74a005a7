"""Writes conversations with their footnotes to files."""

"""Finds the few words of a passage that a question asks for."""

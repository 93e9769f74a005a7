"""Answers questions that need everything in scope, by a pass over all of it."""

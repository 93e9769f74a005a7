"""Embedding models that turn text into vectors."""

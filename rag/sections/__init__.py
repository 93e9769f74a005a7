"""Summarises texts that are longer than a model can read: section by section, then all in one."""

"""Records as Qt models, and what to make of dropped files."""

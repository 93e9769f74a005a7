"""Windows of their own: settings, models, shortcuts and about."""

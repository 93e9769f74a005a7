"""The parts of the window: they show records and tell wishes."""

"""What was read and how it is found again: a catalog that is the truth, and indexes of it."""

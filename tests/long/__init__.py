"""Long documents, end to end: all positions, restarts, kills, little memory, and needles."""

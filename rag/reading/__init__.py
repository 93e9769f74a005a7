"""How files come into the library: parsed ahead, embedded, written; at a pace, with rests."""

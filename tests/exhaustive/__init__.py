"""Questions that ask for everything, held against libraries whose facts are known."""

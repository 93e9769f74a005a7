"""The models that can be had, those on this computer, and whether a file is one of them."""

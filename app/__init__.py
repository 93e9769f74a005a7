"""The window: a Qt program that talks to the engine over a pipe."""

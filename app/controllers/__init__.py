"""What turns wishes of the window into commands, and events of the engine into what views show."""

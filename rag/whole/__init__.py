"""Documents read whole: what the model is shown of them, and the reading of it."""

"""What lies in the user's folders: what is read of it, what is left out, what changed."""

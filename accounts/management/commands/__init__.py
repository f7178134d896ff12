"""commands: what an operator types about people."""

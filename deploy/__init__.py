"""deploy: what production runs, and the same on loopback."""

"""deploy: tests of what production runs."""

"""accounts: tests of who may sign in and how they come to be."""

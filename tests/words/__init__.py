"""The words of the site and of the desk, in its languages."""

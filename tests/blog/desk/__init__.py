"""desk: tests of what writers do at the desk."""

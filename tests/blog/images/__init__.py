"""images: tests of what becomes of a picture."""

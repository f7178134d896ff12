"""house: tests about the house itself."""

"""local: the same programs as in production, on loopback, for development and tests."""

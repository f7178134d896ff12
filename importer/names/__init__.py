"""names: whom the names of a source mean, and what its tags are called here."""

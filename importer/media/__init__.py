"""media: the pictures and recordings that entries show are found, fetched, stored here and shown from here."""

"""links: addresses in and of imported posts lead to what is here now."""

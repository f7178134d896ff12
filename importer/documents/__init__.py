"""documents: what was fetched becomes text: archives and folders opened, encodings told, what is no text refused."""

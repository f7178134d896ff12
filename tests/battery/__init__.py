"""battery: sixty kinds of bad input, each met by the whole command: status, sentence, counts, and what must hold afterwards."""

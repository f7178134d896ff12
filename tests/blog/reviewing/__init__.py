"""reviewing: submit, return, comment, approve, share, claim; and the log of it all."""

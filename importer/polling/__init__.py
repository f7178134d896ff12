"""polling: sources asked again when it is their time, and whoever answers for the site told when one breaks."""

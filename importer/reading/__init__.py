"""reading: a source read whole: the feeds that a web page names, and the archive behind a feed's newest entries."""

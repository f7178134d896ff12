"""mending: what still wants an editor's hand after an import: found, weighed, mended by one click, and counted to zero."""

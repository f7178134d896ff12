"""responding: what readers say under posts: said, judged, shown, given back and deleted."""

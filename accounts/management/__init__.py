"""management: commands about people."""

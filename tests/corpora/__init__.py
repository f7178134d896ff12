"""corpora: every file of a folder of foreign test documents, imported twice, and what their makers expect of them."""

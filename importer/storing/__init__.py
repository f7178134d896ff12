"""storing: decisions are carried out, in chunks, inside transactions; the only rooms that write what an import brings."""

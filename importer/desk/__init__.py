"""desk: imports in the admin: files and addresses brought in, plans read, names decided, runs previewed and undone."""

"""runs: what an import will do, did and can take back, kept beside it."""

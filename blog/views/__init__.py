"""views: what readers see; each view asks for its posts and hands them to a template, which never queries."""

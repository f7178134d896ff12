"""markup: text in, safe HTML out; the one way a body becomes what a page and a feed show. Pure: no Django, no database."""

"""writing: what search reads of a post is written here, by publishing, in the post's own transaction."""

from __future__ import annotations

from collections.abc import Sequence

from blog.models import SearchDocument
from blog.search.engines import engine
from blog.search.vocabulary import learn


def write_documents(documents: Sequence[SearchDocument]) -> None:
    """Write or replace these posts' documents, whole."""
    if documents:
        engine().write(documents)
        learn(documents)


def forget_documents(post_ids: Sequence[int]) -> None:
    """The posts are being deleted for good."""
    engine().forget(post_ids)

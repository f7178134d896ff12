"""render_posts: render every post again and rewrite what search reads; after an upgrade that changed the renderer."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from blog import publishing
from blog.models import Post


class Command(BaseCommand):
    help = "Render every post and page again, as the renderer does it now, and rewrite the search documents."

    def handle(self, *args: Any, **options: Any) -> None:
        ids = list(Post.everything.order_by("pk").values_list("pk", flat=True))
        changed = sum(publishing.render_again(post_id) for post_id in ids)
        self.stdout.write(f"{len(ids)} rendered, {changed} of them look different now.")

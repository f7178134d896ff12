"""make_renditions: make the smaller copies of pictures that have none yet, and put them in the pages of the posts that show them."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from blog import library
from blog.developing import PictureRefused
from blog.models import Image, Showing


class Command(BaseCommand):
    help = (
        "Make the smaller copies of pictures that have none yet, and render the posts that show them again."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--again", action="store_true", help="make those anew that are there already")

    def handle(self, *args: Any, **options: Any) -> None:
        waiting = (
            Image.objects.order_by("pk") if options["again"] else Image.objects.filter(widths__isnull=True)
        )
        done: list[int] = []
        copies = 0
        for image in waiting.order_by("pk").iterator(chunk_size=100):
            try:
                copies += len(library.make_renditions(image, again=options["again"]))
                done.append(image.pk)
            except (OSError, PictureRefused) as problem:
                self.stderr.write(f"{image.file.name} can't be read: {problem}", style_func=lambda text: text)
        posts = Showing.objects.filter(image__in=done).values_list("post_id", flat=True).distinct()
        changed = library.render_where_shown(list(posts)) if done else 0
        self.stdout.write(
            f"{len(done)} {'picture' if len(done) == 1 else 'pictures'}, {copies} smaller copies; {changed} "
            f"{'post looks' if changed == 1 else 'posts look'} different now."
        )

"""bringing: a picture that stands elsewhere is asked for again, or given by an editor, and every post is led to it."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import BinaryIO

from django.utils.translation import gettext as _

from accounts.models import User
from blog import images
from blog.content import Content
from blog.errors import NotPossible
from blog.models import Image, Post
from importer.media.bringing import bring_in, file_name, usable
from importer.media.bringing import try_again as put_back
from importer.media.fetching import PICTURES, Task, Ways, gather
from importer.media.rewriting import Stored, rewritten
from importer.media.showing import show
from importer.mending.doing import MOST_AT_ONCE, Done, changed_since, contents_of, dismiss, in_posts, write
from importer.mending.undo import Undo
from importer.mending.wants import Want
from importer.models import MediaItem

REASON = "pictures stored here"
LONGEST_ADDRESS = 2000


def give(want: Want, upload: BinaryIO, user: User) -> Done:
    """Store what the editor gave and show it in place of the address. Raises blog.images.PictureRefused."""
    if want.about["recording"]:
        raise NotPossible(_("A recording cannot be uploaded here. Put it into the post instead."))
    image = images.store(upload, user, want.about["alt"], source_url=source_of(want))
    return place(want, image, user)


def source_of(want: Want) -> str:
    address = str(want.about["address"])
    return address if len(address) <= LONGEST_ADDRESS else ""


def ask_again(want: Want, user: User, ways: Ways, check: Callable[[], object]) -> Done:
    """Fetch it now. What cannot be had is told, and stays in the list."""
    before = revisions(want)
    items = MediaItem.objects.filter(pk__in=want.about["items"])
    put_back(items)
    bring_in(items, ways, check=check)
    if want.about["recording"]:
        return told(want, before)
    image = stored(want) or (None if want.about["items"] else fetched(want, ways, check))
    return told(want, before) if image is None else place(want, image, user, before)


def ask_for_all(wants: Sequence[Want], ways: Ways, check: Callable[[], object]) -> Done:
    """Fetch everything that no import could have, as a run would; what cannot be had stays in the list."""
    items = MediaItem.objects.filter(pk__in=[pk for want in wants for pk in want.about["items"]])
    before = revisions(*wants)
    waiting = items.filter(status=MediaItem.Status.PENDING)
    if not waiting.exists():  # what failed comes after what nobody has asked for yet
        put_back(items)
    count = bring_in(waiting, ways, check=check)
    sentence = _("Stored here now: %(had)d. Could not be had: %(failed)d.") % {
        "had": count.stored + count.reused,
        "failed": count.failed,
    }
    return Done(sentence, Undo(posts=changed_since(before)))


def told(want: Want, before: dict[int, int]) -> Done:
    """What came of the asking alone."""
    undo = Undo(posts=changed_since(before))
    if undo.posts:
        return Done(in_posts(_("It is stored here and shown"), len(undo.posts)), undo)
    rows = MediaItem.objects.filter(pk__in=want.about["items"]).exclude(last_error="")
    why = rows.values_list("last_error", flat=True).first() or ""
    return Done(" ".join([_("It could not be had."), why]).strip(), failed=True)


def stored(want: Want) -> Image | None:
    """The picture, if it is here under this address."""
    items = MediaItem.objects.filter(pk__in=want.about["items"]).exclude(image=None)
    if item := items.select_related("image").first():
        return item.image
    address = source_of(want)
    return Image.objects.filter(source_url=address).first() if address else None


def fetched(want: Want, ways: Ways, check: Callable[[], object]) -> Image:
    """A picture of posts that no import brought. Raises NotPossible."""
    address = str(want.about["address"])
    if not address:
        raise NotPossible(_("This address leads nowhere. Upload the picture instead."))
    for got in gather([Task(0, (address,))], ways, usable=usable, check=check):
        if got.problem:
            raise NotPossible(" ".join([_("It could not be had."), got.problem]))
        name = file_name(got.address)
        return images.store(
            io.BytesIO(got.data), None, name=name, source_url=source_of(want), most=PICTURES.url_bytes
        )
    raise NotPossible(_("It could not be had."))


# -- leading the posts there -------------------------------------------------------------------------


def place(want: Want, image: Image, user: User, before: dict[int, int] | None = None) -> Done:
    """Every post that shows the address shows the picture. An imported text counts as the importer's still; one that was
    edited here is saved as the editor's."""
    before = before or revisions(want)
    for item in MediaItem.objects.filter(pk__in=want.about["items"]):
        item.image, item.status, item.last_error, item.due = image, MediaItem.Status.PENDING, "", None
        item.save()
        show(item.imported_id)
    write(list(led_here(want, image)), user, REASON)
    undo = Undo(posts=changed_since(before))
    if not undo.posts:
        raise NotPossible(_("No post could be led to the picture. Open the post and put it there."))
    return Done(in_posts(_("The picture is stored here and shown"), len(undo.posts)), undo)


def led_here(want: Want, image: Image) -> list[tuple[Post, Content]]:
    """What still shows the address, with its new content."""
    url = str(want.about["url"])
    here = {url: Stored(image.file.url, image.width, image.height)}
    found = []
    for post, standing in contents_of(want.posts[:MOST_AT_ONCE]):
        wanted = replace(standing, body=rewritten(standing.body, standing.body_format, here))
        if standing.cover is None and standing.cover_url == url:
            wanted = replace(wanted, cover=image.pk, cover_url="")
        if wanted != standing:
            found.append((post, wanted))
    return found


def revisions(*wants: Want) -> dict[int, int]:
    posts = {post.pk for want in wants for post in want.posts}
    return dict(Post.everything.filter(pk__in=posts).values_list("pk", "revision"))


def give_up(want: Want, user: User) -> Done:
    """It stays where it is; no run asks for it again."""
    items = MediaItem.objects.filter(pk__in=want.about["items"])
    items.exclude(status=MediaItem.Status.STORED).update(status=MediaItem.Status.DEAD, due=None)
    done = dismiss([want], user)
    done.sentence = _("Given up: readers are led to where it stands, and nobody asks for it again.")
    return done

"""library: what the desk's templates say of pictures."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.translation import gettext

from accounts.models import User
from blog import developing, renditions
from blog.admin.pictures import ACCEPTED
from blog.library import may_change
from blog.markup.pictures import says_nothing
from blog.models import Image

register = template.Library()
THUMBNAIL = 320  # pixels


@register.filter
def thumbnail(image: Image) -> str:
    return renditions.small_url(image, THUMBNAIL)


@register.filter
def silent(image: Image) -> bool:
    """Whether it still waits for words."""
    return not image.decorative and says_nothing(image.alt)


@register.filter
def changeable(image: Image, user: User) -> bool:
    return may_change(user, image)


@register.simple_tag
def pictures_words() -> dict[str, Any]:
    """What the script of the writing page says, and what it may send."""
    said = {
        "uploading": gettext("Uploading {name} ({number})"),
        "pasted": gettext("Pasted picture"),
        "waiting": gettext("waits for its turn"),
        "sending": gettext("sent: {percent} %"),
        "preparing": gettext("is being prepared"),
        "here": gettext("{name} is here."),
        "hereAsk": gettext("{name} is here. Say what it shows."),
        "gone": gettext("Its place in the text is gone."),
        "network": gettext("The server did not answer. Try again."),
        "session": gettext("Sign in again in another tab (your text stays here), then try again."),
        "noPicture": str(developing.NO_PICTURE),
        "tooBig": str(developing.TOO_BIG),
        "cancelNamed": gettext("Cancel {name}"),
        "submitWaits": gettext("It is saved as soon as the pictures are here."),
        "noneFound": gettext("No picture is found by these words."),
        "coverSet": gettext("The cover is chosen. Save to keep it."),
        "coverOff": gettext("No cover. Save to keep it so."),
    }
    return {"said": said, "kinds": ACCEPTED, "most": developing.MAX_BYTES}

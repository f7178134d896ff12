"""markdowncover: the cover of a Markdown post: said in its front matter, or lying beside it under the name of one."""

from __future__ import annotations

import re

from importer.addresses import absolute
from importer.documents.bundles import base_of, referred
from importer.formats.frontmatter import Matter, inner, text, texts
from importer.formats.markdownnames import Named
from importer.formats.markdownsite import Around

NAMES = (
    *("cover", "image", "featured_image", "featuredimage", "feature_image", "featureimage", "coverimage"),
    *("cover_image", "heroimage", "banner", "thumbnail", "images", "ogimage", "og_image"),
)
ALTS = ("cover_alt", "coveralt", "image_alt", "imagealt", "feature_image_alt", "featuredimagealt", "alt")
CAPTIONS = ("cover_caption", "image_caption", "imagecaption", "feature_image_caption")
BESIDE = re.compile(r"(?:feature[d]?|cover)[^/]*\.(?:png|jpe?g|webp|gif|avif)", re.IGNORECASE)


def cover_of(matter: Matter, named: Named, around: Around) -> tuple[str, str, str]:
    """The cover's address, its alternative text, its caption. A picture of the folder is named by `bundle:/…`."""
    for where in (matter, inner(matter, "header"), inner(matter, "params")):
        for name in NAMES:
            value = where.get(name)
            if isinstance(value, dict):
                address = text(value, "image", "src", "url", "path", "file")
                said = (text(value, *ALTS), text(value, "caption", *CAPTIONS))
            else:
                address = next(iter(texts(where, name)), "")
                said = (text(where, *ALTS), text(where, *CAPTIONS))
            if address:
                return found(address, named, around), *said
    return beside(named, around), text(matter, *ALTS), ""


def found(address: str, named: Named, around: Around) -> str:
    """The cover among the files, else on the site, else as it is written."""
    if member := referred(address, base_of(named.name), around.names):
        return base_of(member)
    return absolute(address, f"{around.site.address}/" if around.site.address else "") or address


def beside(named: Named, around: Around) -> str:
    """A picture called cover in the post's own folder."""
    if not named.is_bundle:
        return ""
    folder = named.name.rpartition("/")[0]
    cover = next((last for last in around.names.in_folder(folder) if BESIDE.fullmatch(last)), "")
    return base_of(f"{folder}/{cover}") if cover else ""

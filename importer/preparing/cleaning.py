"""cleaning: an entry as its source wrote it becomes what a post of ours says, rendered; nothing is stored here."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from blog.content import Content, Prepared, prepare
from blog.markup.excerpt import shorten
from blog.tagging import distinct
from importer.addresses import absolute, normalised
from importer.documents import bundles
from importer.entry import About, Entry, Own, Person
from importer.errors import EntryRejected
from importer.identity import Rule, alias_of, folded, link_forms
from importer.media.finding import with_players
from importer.options import Options
from importer.preparing import bodies, bylines, repairs, summaries
from importer.preparing.bodies import Base
from importer.preparing.losses import Inventory, inventory, told_once
from importer.preparing.summaries import Repeats
from importer.storing import restoring

TITLE = 500  # characters; what the columns take
ALT = 500
SEO_TITLE = 200
SEO_DESCRIPTION = 500
ADDRESS = 2000
LANGUAGE = 35
MADE_TITLE = 80  # a title made from the text
MOST_TAGS = 200
MOST_AUTHORS = 50
# NUL, other control characters, lone surrogates and what XML refuses; no database takes all of them.
UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")
PLAYER = re.compile(r"<(?:audio|video)\b")  # a recording without a word beside it is a post too
EMAIL = re.compile(r"[^\s@<>]{1,64}@[^\s@<>]{1,180}\.[^\s@<>]{2,}")
TAG_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*")


@dataclass(frozen=True, slots=True)
class Context:
    """What the entries of one document share."""

    about: About
    options: Options
    rule: Rule = field(default_factory=Rule)
    repeats: Repeats = field(default_factory=Repeats)
    nobody: str = ""  # the byline where neither the source nor the operator names anybody


@dataclass(frozen=True, slots=True)
class Cleaned:
    """An entry ready to be stored. Authors are names still: who they are here is asked when they are written."""

    prepared: Prepared
    people: tuple[Person, ...]
    warnings: tuple[str, ...]
    losses: tuple[str, ...]  # what the post lacks of the entry
    pictures: int  # that are not stored here

    @property
    def content(self) -> Content:
        return self.prepared.content


def clean(entry: Entry, context: Context) -> Cleaned:
    """The entry cleaned and rendered. Raises EntryRejected."""
    if entry.own is not None:
        return restored(entry, entry.own)
    entry = fit(entry)
    warnings: list[str] = list(entry.warnings)
    body, held = body_of(entry, base_of(entry, context), warnings)
    content = Content(
        title="",
        body=body,
        body_format=entry.body_format,
        slug=entry.slug,
        language=language_of(entry.language or context.about.language),
        tags=tags_of(entry, context.options, warnings),
        origin_url=own_address(entry.link, context),
        canonical_url=own_address(entry.canonical, context),
        seo_title=cut(" ".join(entry.seo_title.split()), SEO_TITLE),
        seo_description=cut(" ".join(entry.seo_description.split()), SEO_DESCRIPTION),
        **cover_of(entry, warnings),
    )
    prepared = prepare(content)
    rendered = prepared.rendered
    shown = rendered.text or rendered.images or rendered.embeds or PLAYER.search(rendered.feed_html)
    if not (entry.title or shown or content.cover_url):
        raise EntryRejected("The entry has neither a title nor a text.")
    finished = replace(
        content,
        title=title_of(entry, rendered.text, warnings),
        summary=summary_of(entry, rendered.text, context.repeats, warnings),
    )
    absent = sum(not image.local for image in rendered.images) + bool(content.cover_url)
    people = people_of(entry, context)
    held = held or inventory(rendered.before)
    lost = told_once(held, inventory(rendered.feed_html), rendered.warnings)
    return Cleaned(Prepared(finished, rendered), people, tuple(warnings), lost, absent)


def restored(entry: Entry, own: Own) -> Cleaned:
    """An entry of an export of ours: nothing of it is judged again. Where its people are unknown, their names are."""
    prepared = restoring.prepared(entry, own)
    images = prepared.rendered.images
    absent = sum(not image.local for image in images) + bool(prepared.content.cover_url)
    return Cleaned(
        prepared, () if prepared.content.bylines else entry.authors, (), prepared.rendered.warnings, absent
    )


def fit(entry: Entry) -> Entry:
    """The entry without characters that no database takes."""
    changed: dict[str, Any] = {
        name: cleaned
        for name in Entry.__dataclass_fields__
        if (cleaned := fit_value(value := getattr(entry, name))) != value
    }
    return replace(entry, **changed) if changed else entry


def fit_value(value: Any) -> Any:
    match value:
        case str():
            return UNFIT.sub("", value) if UNFIT.search(value) else value
        case tuple() | list():
            return type(value)(fit_value(one) for one in value)
        case dict():
            return {name: fit_value(one) for name, one in value.items()}
        case _ if hasattr(value, "__dataclass_fields__"):
            names = type(value).__dataclass_fields__
            return replace(value, **{name: fit_value(getattr(value, name)) for name in names})
    return value


# -- addresses -----------------------------------------------------------------------------------


def base_of(entry: Entry, context: Context) -> Base:
    """What the body's relative addresses are relative to. A link that different entries share is no page of this one:
    of it only the site is believed."""
    if not entry.base_url or entry.base_url == context.options.base_url:
        return Base(entry.base_url)
    if is_shared(entry.base_url, context.rule):
        return Base(bodies.host_alone(entry.base_url), whole=False)
    return Base(entry.base_url)


def is_shared(link: str, rule: Rule) -> bool:
    """Whether different entries of the document carry this link."""
    forms = link_forms(link)
    return bool(forms) and alias_of("link", forms[0]).key in rule.bad


def own_address(link: str, context: Context) -> str:
    """Where the entry stood before; nothing of a blog that has moved here, which stands nowhere else any more."""
    address = absolute(link)
    if context.options.moved_here or is_shared(address, context.rule) or len(address) > ADDRESS:
        return ""
    return address


def body_of(entry: Entry, base: Base, warnings: list[str]) -> tuple[str, Inventory | None]:
    """The body as it will be kept, and what there is in it that must come through; None: all that it renders to."""
    if entry.body_format != "html":
        return with_players(entry.body, entry.enclosures), None
    rooted = bodies.with_addresses(entry.body, base)
    if rooted.left_relative:
        warnings.append(
            f"{counted(rooted.left_relative, 'picture')} in it cannot be found: the address is relative, and the source does "
            "not say to what; --base-url says it."
        )
    described = repairs.without_title_as_alt(rooted.html, entry.title)
    mended = repairs.without_repeated_cover(described, absolute(entry.cover))
    mended = with_players(mended, entry.enclosures)
    held = inventory(entry.body)
    if mended != described:
        held = held.changed_by(inventory(described), inventory(mended))
    return mended, held


def cover_of(entry: Entry, warnings: list[str]) -> dict[str, Any]:
    cover = absolute(entry.cover)
    if len(cover) > ADDRESS:
        warnings.append(f"The address of its cover is longer than {ADDRESS} characters and was left out.")
        cover = ""
    alt = "" if folded(entry.cover_alt) == folded(entry.title) else entry.cover_alt
    if not cover and not bundles.named(entry.cover):
        return {}
    return {
        "cover_url": cover,
        "cover_alt": cut(alt, ALT),
    }  # one of the source's own files comes with the media


# -- words ---------------------------------------------------------------------------------------


def title_of(entry: Entry, text: str, warnings: list[str]) -> str:
    """The entry's title, else one made from its first words, else from its address."""
    title = " ".join(entry.title.split())
    if len(title) > TITLE:
        warnings.append(f"Its title was longer than {TITLE} characters and was cut.")
    if title:
        return cut(title, TITLE)
    warnings.append("It had no title and was given one from its first words.")
    address = normalised(entry.link)[0]
    return shorten(text, MADE_TITLE) or cut(address, MADE_TITLE) or "Untitled"


def summary_of(entry: Entry, text: str, repeats: Repeats, warnings: list[str]) -> str:
    summary = summaries.judged(entry, text, repeats)
    if len(summary) > summaries.LONGEST:
        warnings.append(f"Its summary was longer than {summaries.LONGEST} characters and was cut.")
    return shorten(summary, summaries.LONGEST)


def language_of(tag: str) -> str:
    """A BCP 47 tag in its usual case ("en-US", "zh-Hant-TW"); "" for what is none: the site's language stands then."""
    tag = tag.strip().replace("_", "-")
    if not TAG_LANGUAGE.fullmatch(tag) or len(tag) > LANGUAGE:
        return ""
    first, *others = tag.split("-")
    return "-".join([first.lower(), *map(subtag, others)])


def subtag(part: str) -> str:
    if len(part) == 2 and part.isalpha():
        return part.upper()
    return part.title() if len(part) == 4 and part.isalpha() else part.lower()


def tags_of(entry: Entry, options: Options, warnings: list[str]) -> tuple[str, ...]:
    tags = distinct((*entry.tags, *options.tags))
    if len(tags) > MOST_TAGS:
        warnings.append(f"It has {len(tags)} tags; the first {MOST_TAGS} were kept.")
    return tags[:MOST_TAGS]


def people_of(entry: Entry, context: Context) -> tuple[Person, ...]:
    """Who wrote it: whom the entry names, else the source, else the operator, else the source's own name."""
    people = bylines.people(usable(entry.authors)) or bylines.people(usable(context.about.authors))
    return people[:MOST_AUTHORS] or (Person(context.options.author or context.nobody),)


def usable(persons: Iterable[Person]) -> tuple[Person, ...]:
    """Those with a name; an address that is none is dropped from theirs."""
    found = []
    for person in persons:
        name = " ".join(person.name.split())
        if any(character.isalnum() for character in name):
            email = person.email.strip().casefold()
            found.append(replace(person, name=cut(name, 200), email=email if EMAIL.fullmatch(email) else ""))
    return tuple(found)


def cut(text: str, longest: int) -> str:
    return shorten(text, longest) if len(text) > longest else text


def counted(number: int, word: str) -> str:
    return f"One {word}" if number == 1 else f"{number} {word}s"

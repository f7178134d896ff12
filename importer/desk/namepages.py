"""namepages: an editor says whom the names of a source mean and what its tags are called here, and applies that to its posts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING, Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Page, Paginator
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.authors import name_key
from accounts.models import Author, AuthorAlias, User
from blog.admin.showing import Difference, differences
from blog.errors import PublishingProblem
from blog.models.tag import tag_key
from blog.tagging import clean_name
from importer.desk.importpages import LONGEST, show
from importer.models import AuthorMapping, ImportedEntry, Source, TagMapping
from importer.names import renaming

if TYPE_CHECKING:  # generic for the type checker only
    ModelAdmin = admin.ModelAdmin[Source]
else:
    ModelAdmin = admin.ModelAdmin

ON_A_PAGE = 50
MOST_COUNTED = 1000
SHOWN = 50
MOST_OFFERED = 500  # authors that the fields suggest
LATER = ("later", gettext_lazy("decide later"))
OWN_MISSING = gettext_lazy("Name the source's own author first: “{}” is to mean it.")
NO_AUTHOR = gettext_lazy(
    "“{}”: there is no author “{}” here. Write the name of one as the list of authors has it, or the end of its address."
)
NO_TAG = gettext_lazy("“{}”: write what the tag is called here, or choose “as it comes”.")


@dataclass(slots=True)
class Row:
    """One name, what it stands on and what becomes of it."""

    key: str
    name: str
    posts: int = 0
    action: str = ""
    value: str = ""  # the author or the tag that it means
    proposed: bool = False
    choices: list[tuple[str, Any]] = field(default_factory=list)


class NamePages(ModelAdmin):
    """The table of a source's names, and its application to posts that came before."""

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        own = [
            path("<int:number>/names/", view(table), name="importer_source_names"),
            path("<int:number>/names/apply/", view(apply), name="importer_source_names_apply"),
        ]
        return [*own, *super().get_urls()]

    @admin.display(description=gettext_lazy("names and tags"))
    def names_and_tags(self, source: Source) -> SafeString:
        doubts = source.author_mappings.filter(proposed=True).count()
        said = _("Whom its names mean: %(doubts)s in doubt") if doubts else _("Whom its names mean")
        address = reverse("admin:importer_source_names", args=[source.pk])
        return format_html('<a href="{}">{}</a>', address, said % {"doubts": doubts})


def source_for(request: HttpRequest, number: int) -> tuple[Source, User]:
    """The source and the editor; PermissionDenied for everybody else."""
    user = request.user
    if not isinstance(user, User) or not user.has_perm("importer.change_source"):
        raise PermissionDenied(_("Only editors decide whom names mean."))
    source = Source.objects.filter(pk=number).select_related("default_author").first()
    if source is None:
        raise Http404(_("There is no source %(number)s.") % {"number": number})
    return source, user


# -- the table -------------------------------------------------------------------------------------


def table(request: HttpRequest, number: int) -> HttpResponse:
    """The names and tags seen, the doubtful and the frequent first; by POST what is said of them is kept."""
    source = source_for(request, number)[0]
    people, tags = seen(source)
    rows: Page[Row] = Paginator(people, ON_A_PAGE).get_page(request.GET.get("people"))
    tag_rows: Page[Row] = Paginator(tags, ON_A_PAGE).get_page(request.GET.get("tags"))
    own = source.default_author.name if source.default_author else ""
    if request.method == "POST":
        own = " ".join(request.POST.get("own", "").split())
        take(request, "person", rows)
        take(request, "tag", tag_rows)
        problems = save(source, own, list(rows), list(tag_rows))
        if not problems:
            return saved(request, source)
        for problem in problems[:20]:
            messages.error(request, problem)
    authors = Author.objects.order_by("name").values_list("name", flat=True).distinct()[:MOST_OFFERED]
    title = _("Names and tags of %(source)s") % {"source": source}
    status = 400 if request.method == "POST" else 200
    given = {"source": source, "people": rows, "tags": tag_rows, "own": own, "authors": authors}
    return show(request, "names", title, status, **given)


def saved(request: HttpRequest, source: Source) -> HttpResponse:
    messages.success(request, _("Kept. It holds for every import from now on."))
    waits = next(renaming.steps(source), None)
    return redirect(f"admin:importer_source_names{'_apply' if waits else ''}", source.pk)


def seen(source: Source) -> tuple[list[Row], list[Row]]:
    """Every name and every tag that the source's entries carry, or that its table knows."""
    people: Counter[str] = Counter()
    tags: Counter[str] = Counter()
    names: dict[str, str] = {}
    tag_names: dict[str, str] = {}
    written = ImportedEntry.objects.filter(source=source, shared=False, post__isnull=False).order_by("pk")
    for one in written.values_list("written", flat=True).iterator(chunk_size=2000):
        people.update(count({name_key(name): name for name, _ in one.get("people", ())}, names))
        tags.update(count({tag_key(name): name for name in one.get("tags", ())}, tag_names))
    mapped = {row.key: row for row in source.author_mappings.select_related("author")}
    renamed = {row.key: row for row in source.tag_mappings.all()}
    names |= {key: row.name for key, row in mapped.items()}
    tag_names |= {key: row.name for key, row in renamed.items()}
    rows = [person_row(key, name, people[key], mapped.get(key)) for key, name in names.items()]
    tag_rows = [tag_row(key, name, tags[key], renamed.get(key)) for key, name in tag_names.items()]
    return ordered(rows), ordered(tag_rows)


def count(found: Mapping[str, str], names: dict[str, str]) -> list[str]:
    """The keys of one entry, each with its first spelling noted."""
    for key, name in found.items():
        names.setdefault(key, name)
    return list(found)  # a mapping would be taken for numbers


def ordered(rows: Iterable[Row]) -> list[Row]:
    return sorted(rows, key=lambda row: (not row.proposed, -row.posts, row.key))


def person_row(key: str, name: str, posts: int, known: AuthorMapping | None) -> Row:
    choices = [(str(value), str(label)) for value, label in AuthorMapping.Action.choices]
    if known is None:
        return Row(key, name, posts, AuthorMapping.Action.CREATE, choices=choices)
    action = LATER[0] if known.proposed else known.action
    value = known.author.name if known.author else ""
    return Row(
        key, name, posts, action, value, known.proposed, [LATER, *choices] if known.proposed else choices
    )


def tag_row(key: str, name: str, posts: int, known: TagMapping | None) -> Row:
    choices = [(str(value), str(label)) for value, label in TagMapping.Action.choices]
    if known is None:
        return Row(key, name, posts, TagMapping.Action.KEEP, choices=choices)
    return Row(key, name, posts, known.action, known.to_name, choices=choices)


# -- keeping it ------------------------------------------------------------------------------------


def take(request: HttpRequest, kind: str, rows: Iterable[Row]) -> None:
    """What was said of each of these rows; one that was not on the page stays as it is."""
    columns = [request.POST.getlist(f"{kind}_{column}") for column in ("key", "action", "value")]
    given = {key: (action, value) for key, action, value in zip(*columns, strict=False)}
    for row in rows:
        action, value = given.get(row.key, (row.action, row.value))
        if action in dict(row.choices):
            row.action, row.value = action, " ".join(value.split())


def save(source: Source, own: str, people: Sequence[Row], tags: Sequence[Row]) -> list[str]:
    """Keep all of it, or nothing and say why."""
    problems: list[str] = []
    default = author_called(own, source.default_author)
    if own and default is None:
        problems.append(NO_AUTHOR.format(_("The source's own author"), own))
    known = {row.key: row for row in source.author_mappings.select_related("author")}
    authors: dict[str, Author | None] = {}
    for row in people:
        before = known.get(row.key)
        if row.action == AuthorMapping.Action.MAP:
            authors[row.key] = author_called(row.value, before.author if before else None)
            if authors[row.key] is None:
                problems.append(NO_AUTHOR.format(row.name, row.value))
        elif row.action == AuthorMapping.Action.DEFAULT and not own:
            problems.append(OWN_MISSING.format(row.name))
    problems += [
        NO_TAG.format(row.name)
        for row in tags
        if row.action == TagMapping.Action.MAP and not clean_name(row.value)
    ]
    if not problems:
        with transaction.atomic():
            Source.objects.filter(pk=source.pk).update(default_author=default)
            keep_people(source, people, known, authors)
            keep_tags(source, tags)
    return problems


def author_called(text: str, before: Author | None) -> Author | None:
    """The one author of this name, alias or address; of several of one name, the one that stood there before."""
    if before is not None and text == before.name:
        return before
    named = list(Author.objects.filter(name__iexact=text)[:2]) if text else []
    if len(named) == 1:
        return named[0]
    alias = AuthorAlias.objects.filter(key=name_key(text)).select_related("author").first()
    slugged = Author.objects.filter(slug=text.rstrip("/").rpartition("/")[2]).first() if text else None
    return slugged or (alias.author if alias else None)


def keep_people(
    source: Source,
    rows: Iterable[Row],
    known: Mapping[str, AuthorMapping],
    authors: Mapping[str, Author | None],
) -> None:
    for row in rows:
        if row.action == LATER[0] or (row.key not in known and row.action == AuthorMapping.Action.CREATE):
            continue
        said = {"action": row.action, "author": authors.get(row.key), "proposed": False}
        AuthorMapping.objects.update_or_create(
            source=source, key=row.key, defaults=said, create_defaults=said | {"name": row.name[:200]}
        )


def keep_tags(source: Source, rows: Iterable[Row]) -> None:
    known = set(source.tag_mappings.values_list("key", flat=True))
    for row in rows:
        if row.key not in known and row.action == TagMapping.Action.KEEP:
            continue
        to_name = clean_name(row.value) if row.action == TagMapping.Action.MAP else ""
        said = {"action": row.action, "to_name": to_name}
        TagMapping.objects.update_or_create(
            source=source, key=row.key, defaults=said, create_defaults=said | {"name": row.name[:100]}
        )


# -- applying it -----------------------------------------------------------------------------------


def apply(request: HttpRequest, number: int) -> HttpResponse:
    """What the table would change in posts that came before; by POST it is done, as an import of its own."""
    source, user = source_for(request, number)
    if request.method == "POST":
        return applied(request, source, user)
    found = list(islice(renaming.steps(source), MOST_COUNTED + 1))
    changing = [step for step in found if step.changes]
    title = _("Apply the names and tags of %(source)s") % {"source": source}
    given: dict[str, Any] = {
        "source": source,
        "number": len(changing),
        "more": len(found) > MOST_COUNTED,
        "rows": [(step, list(shown(step))) for step in changing[:SHOWN]],
        "left": [step for step in found if step.left][:SHOWN],
    }
    return show(request, "names_apply", title, **given)


def shown(step: renaming.Step) -> Iterator[Difference]:
    yield from differences(step.before, step.after, ("bylines", "tags"))


def applied(request: HttpRequest, source: Source, user: User) -> HttpResponse:
    try:
        done = renaming.apply(source, user, seconds=LONGEST)
    except PublishingProblem as problem:
        messages.error(request, str(problem))
        return redirect("admin:importer_source_names_apply", source.pk)
    messages.success(
        request,
        ngettext(
            "%(number)s post says now what the table says. “Undo this import” takes it back.",
            "%(number)s posts say now what the table says. “Undo this import” takes it back.",
            done.changed,
        )
        % {"number": done.changed},
    )
    for title, reason in done.left[:20]:
        messages.warning(request, f"“{title[:100]}”: {reason}")
    if not done.finished:
        messages.warning(request, _("A page may not take longer; the same button does the rest."))
        return redirect("admin:importer_source_names_apply", source.pk)
    return redirect("admin:importer_run_change", done.run.pk)

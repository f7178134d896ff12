"""restoring: what was left unsaved, offered when the post is opened again, and put back into its form; merged where the post moved on."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, QueryDict
from django.utils import formats, timezone

from blog import changes, keeping
from blog.admin import conflicts, opened
from blog.admin.saving import user_of
from blog.content import Content, Guest, merge
from blog.errors import EditConflict
from blog.forms import PostForm
from blog.models import Post, UnsavedText

if TYPE_CHECKING:
    from blog.admin.desk import DeskAdmin

NEVER = ("opened", "base", "cover_upload")  # not the writer's words


@dataclass(frozen=True, slots=True)
class Offer:
    """One unsaved text as the page offers it."""

    row: UnsavedText
    title: str
    when: str
    restore: str
    look: str


@dataclass
class Restored:
    """What the form is to be filled with, and what the page says of it."""

    initial: dict[str, Any]
    context: dict[str, Any] = field(default_factory=dict)


def data_of(row: UnsavedText) -> QueryDict:
    data = QueryDict(mutable=True)
    for name, value in row.state:
        data.appendlist(name, value)
    data["base"] = "" if row.base is None else str(row.base)
    return data


def offers(desk: DeskAdmin, request: HttpRequest, post: Post | None, *, but: str = "") -> list[Offer]:
    """The texts left unsaved that say anything new; `but`: the one that stands in the form already."""
    if post is not None and not getattr(
        post, "has_unsaved", True
    ):  # known with the post: it costs no question
        return []
    found = keeping.unsaved(user_of(request), kind=desk.kind, post=post)
    shown: list[Offer] = []
    for row in found:
        if row.key == but:
            continue
        if post is not None and says_nothing_new(desk, request, post, row):
            row.delete()
            continue
        shown.append(_offer(desk, post, row))
    return shown


def _offer(desk: DeskAdmin, post: Post | None, row: UnsavedText) -> Offer:
    place = desk.address("change", post.pk) if post else desk.address("add")
    look = desk.address("unsaved", post.pk, row.key) if post else desk.address("unsaved_new", row.key)
    title = next((value for name, value in row.state if name == "title"), "")
    return Offer(row, title, when(row), f"{place}?unsaved={row.key}", look)


def when(row: UnsavedText) -> str:
    """The minute; with the day where that is not today."""
    moment = timezone.localtime(row.saved_at)
    today = moment.date() == timezone.localtime().date()
    return formats.date_format(moment, "H:i" if today else "j E, H:i")


def form_with(desk: DeskAdmin, request: HttpRequest, post: Post | None, data: QueryDict) -> PostForm:
    """The desk's form as it would be had it been sent, on a copy of the post of its own."""
    made: Any = desk.get_form(request, post, change=post is not None)
    copy = desk.get_queryset(request).get(pk=post.pk) if post is not None else desk.model()
    form: PostForm = made(data, instance=copy)
    return form


def says_nothing_new(desk: DeskAdmin, request: HttpRequest, post: Post, row: UnsavedText) -> bool:
    form = form_with(desk, request, post, data_of(row))
    return form.is_valid() and not _guests(form) and form.content() in (form.standing, form.began())


def _guests(form: PostForm) -> bool:
    return any(isinstance(spec, Guest) for spec in form.cleaned_data.get("byline_rows") or ())


def content_of(form: PostForm) -> Content:
    """What a valid form wants; authors who would be added by saving it are left out of it, and stay in the form."""
    content = form.content()
    return replace(content, bylines=form.began().bylines) if _guests(form) else content


def restore(desk: DeskAdmin, request: HttpRequest, post: Post | None, row: UnsavedText) -> Restored:
    """The form's own data, merged with what was saved since; a clash is shown as when it is saved."""
    data = data_of(row)
    context: dict[str, Any] = {}
    if post is not None and row.base != changes.shown_number(post):
        data, context = _brought_up(desk, request, post, data)
    form = form_with(desk, request, post, data)
    base = data.get("base", "")
    initial = {
        name: form[name].value()
        for name in form.fields
        if name not in NEVER
        and not form.fields[name].widget.value_omitted_from_data(data, form.files, form.add_prefix(name))
    }
    initial |= {
        "base": int(base) if base.isdigit() else None,
        "opened": opened.seal(user_of(request), row.key),
    }
    return Restored(initial, context | {"restored": when(row)})


def _brought_up(
    desk: DeskAdmin, request: HttpRequest, post: Post, data: QueryDict
) -> tuple[QueryDict, dict[str, Any]]:
    form = form_with(desk, request, post, data)
    if not form.is_valid():  # an author or a tag is gone: shown as it was, and said when it is saved
        return data, {}
    mine = content_of(form)
    number, standing = changes.shown(post)
    try:
        merged = merge(form.began(), standing, mine, revision=number)
    except EditConflict as conflict:
        data = conflicts.brought_together(data, conflict.merged, mine, conflict.revision)
        return data, conflicts.shown(post, conflict, mine)
    data = conflicts.brought_together(data, merged, mine, number)
    return data, {"restored_merged": number}


def row_of(request: HttpRequest, post_id: int | None, kind: str, key: str) -> UnsavedText | None:
    """One of the user's own."""
    rows = UnsavedText.objects.filter(user=user_of(request), post=post_id, kind=kind, key=key[:40])
    return rows.first()

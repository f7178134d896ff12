"""converting: a post that came as HTML becomes Markdown on request, after whoever asks has seen what that changes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from blog import publishing
from blog.content import Content, prepare
from blog.errors import PublishingProblem
from blog.markup import convert
from blog.models import Post

if TYPE_CHECKING:
    from blog.admin.desk import DeskAdmin


NAMES = {
    "words": gettext_lazy("Words"),
    "headings": gettext_lazy("Headings"),
    "links": gettext_lazy("Links"),
    "pictures": gettext_lazy("Pictures"),
    "embeds": gettext_lazy("Embedded pages"),
    "list items": gettext_lazy("List items"),
    "tables": gettext_lazy("Tables"),
    "code blocks": gettext_lazy("Code blocks"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the ledger: how much of a thing the page shows now, and would show."""

    name: str | Promise
    before: int
    after: int

    @property
    def less(self) -> bool:
        return self.after < self.before


def page(desk: DeskAdmin, request: HttpRequest, post: Post) -> HttpResponse:
    """GET shows what would become of the text; POST does it, from the revision that was shown."""
    if not desk.has_change_permission(request, post):
        raise PermissionDenied
    if post.body_format != Post.BodyFormat.HTML:
        desk.message_user(request, _("This text is Markdown already."), messages.INFO)
        return redirect(desk.address("change", post.pk))
    if request.method == "POST":
        return _convert(desk, request, post)
    return _show(desk, request, post)


def _converted(content: Content) -> tuple[Content, convert.Converted]:
    made = convert.to_markdown(content.body)
    return replace(content, body=made.markdown, body_format="markdown"), made


def _show(desk: DeskAdmin, request: HttpRequest, post: Post) -> HttpResponse:
    standing = Content.of(post)
    wanted, made = _converted(standing)
    before, after = prepare(standing).rendered, prepare(wanted).rendered
    amounts = convert.amounts(after)
    context = {
        **desk.admin_site.each_context(request),
        "title": _("Convert to Markdown"),
        "opts": desk.opts,
        "post": post,
        "made": made,
        "ledger": [
            Line(NAMES[name], number, amounts[name]) for name, number in convert.amounts(before).items()
        ],
        "same_words": before.text == after.text,
        "same_page": _unspaced(before.html) == _unspaced(after.html),
        "said": [sentence for sentence in after.warnings if sentence not in before.warnings],
    }
    return TemplateResponse(request, "admin/blog/convert.html", context)


def _unspaced(html: str) -> str:
    return "".join(html.split())


def _convert(desk: DeskAdmin, request: HttpRequest, post: Post) -> HttpResponse:
    base = request.POST.get("base", "")
    if base != str(post.revision):
        desk.message_user(
            request,
            _("Someone has saved this post since you looked at it. Look again before you convert it."),
            messages.WARNING,
        )
        return redirect(desk.address("convert", post.pk))
    wanted, _made = _converted(Content.of(post))
    user = request.user if request.user.is_authenticated else None
    try:
        publishing.save(post.pk, wanted, user, base=int(base), reason="converted to Markdown")
    except PublishingProblem as problem:
        desk.message_user(request, str(problem), messages.ERROR)
    else:
        desk.message_user(
            request,
            _("The text is Markdown now. The HTML stands in its revisions, whence it can be restored."),
            messages.SUCCESS,
        )
    return redirect(desk.address("change", post.pk))

"""picturelists: which pictures the library shows: found by their words and names, filtered by what they lack and where they are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import Author, User
from blog.deeds import shown_name
from blog.models import Image, Post, Showing
from blog.permissions import edits_any

if TYPE_CHECKING:
    Lookups = list[tuple[Any, str]]

PEOPLE = 50  # uploaders offered as filters
# Words that say nothing to those who can't see the picture: none, or the name of a file.
FILE_NAME = r"^\s*\S+\.(jpe?g|png|gif|webp|svg|avif|bmp|heic)\s*$"


def says_nothing() -> Q:
    return Q(decorative=False) & (Q(alt="") | Q(alt__iregex=FILE_NAME))


def library() -> QuerySet[Image]:
    """Pictures with `texts` and `covers`: in how many each stands."""
    texts = Showing.objects.filter(image=OuterRef("pk")).order_by().values("image")
    covers = Post.everything.filter(cover=OuterRef("pk")).order_by().values("cover")
    return Image.objects.annotate(
        texts=Coalesce(Subquery(texts.annotate(number=Count("pk")).values("number")), 0),
        covers=Coalesce(Subquery(covers.annotate(number=Count("pk")).values("number")), 0),
    )


def used() -> Q:
    texts = Q(Exists(Showing.objects.filter(image=OuterRef("pk"))))
    covers = Q(Exists(Post.everything.filter(cover=OuterRef("pk"))))
    return texts | covers | Q(Exists(Author.objects.filter(picture=OuterRef("file"))))


def found(pictures: QuerySet[Image], question: str) -> QuerySet[Image]:
    """Every word somewhere in the alt text or the file's own name. SQLite folds the case of ASCII alone: ask for the usual cases."""
    for word in question.replace("\0", "").split()[:10]:
        cases = sorted({word, word.lower(), word.upper(), word.capitalize()})
        looked_at = [(f"{name}__icontains", case) for name in ("alt", "original_name") for case in cases]
        pictures = pictures.filter(Q(*looked_at, _connector=Q.OR))
    return pictures


class WordsFilter(admin.SimpleListFilter):
    title = _("alt text")
    parameter_name = "words"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Lookups:
        return [
            ("none", gettext("Without")),
            ("said", gettext("With")),
            ("decorative", gettext("Decorative")),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Image]) -> QuerySet[Image]:
        chosen = self.value()
        if chosen == "decorative":
            return queryset.filter(decorative=True)
        if chosen == "said":
            return queryset.exclude(says_nothing()).filter(decorative=False)
        return queryset.filter(says_nothing()) if chosen == "none" else queryset


class UseFilter(admin.SimpleListFilter):
    title = _("use")
    parameter_name = "used"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Lookups:
        return [("no", gettext("Unused")), ("yes", gettext("Used"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Image]) -> QuerySet[Image]:
        if self.value() == "no":
            return queryset.filter(~used())
        return queryset.filter(used()) if self.value() == "yes" else queryset


class UploaderFilter(admin.SimpleListFilter):
    title = _("who brought it")
    parameter_name = "by"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Lookups:
        """Editors choose among everybody; the others between theirs and the rest."""
        offered = [("me", gettext("You")), ("imports", gettext("Imports"))]
        if isinstance(request.user, User) and edits_any(request.user):
            ids = Image.objects.order_by().values("uploaded_by")
            people = User.objects.filter(pk__in=ids).exclude(pk=request.user.pk).order_by("username")
            offered += [(str(user.pk), shown_name(user)) for user in people[:PEOPLE]]
        return offered

    def queryset(self, request: HttpRequest, queryset: QuerySet[Image]) -> QuerySet[Image]:
        chosen = self.value() or ""
        if chosen == "me":
            return queryset.filter(uploaded_by=request.user.pk)
        if chosen == "imports":
            return queryset.filter(uploaded_by=None)
        return queryset.filter(uploaded_by=int(chosen)) if chosen.isdecimal() else queryset


class KindFilter(admin.SimpleListFilter):
    title = _("kind")
    parameter_name = "kind"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Lookups:
        return [(value, str(label).capitalize()) for value, label in Image.Kind.choices]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Image]) -> QuerySet[Image]:
        return queryset.filter(kind=self.value()) if self.value() in Image.Kind.values else queryset

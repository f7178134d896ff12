"""several: what can be done to several posts at once; one verb a post, each by itself, and what can't be done to one is said."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin.helpers import ActionForm
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.authors import find_authors, name_key
from accounts.models import User
from blog import publishing
from blog.admin import trashing
from blog.content import BylineSpec, Content
from blog.errors import NotPossible, PublishingProblem
from blog.mailing import unsent_mail
from blog.models import Post, Tag
from blog.models.tag import tag_key
from blog.tagging import clean_name

Verb = Callable[[int, User], object]
Change = Callable[[Content], Content]
Action = Callable[[Any, HttpRequest, QuerySet[Post]], None]
Said = Callable[[int], str]
TOLD = 10  # problems said one by one


class SeveralForm(ActionForm):
    """The stock choice of what to do, and the name that some of it needs."""

    given = forms.CharField(
        required=False,
        max_length=200,
        label=gettext_lazy("Tag or author:"),
        widget=forms.TextInput(attrs={"placeholder": gettext_lazy("tag or author"), "class": "given"}),
    )


def _tell(model_admin: Any, request: HttpRequest, told: str, problems: list[str]) -> None:
    if told:
        model_admin.message_user(request, told, messages.SUCCESS)
    for problem in problems[:TOLD]:
        model_admin.message_user(request, problem, messages.ERROR)
    if len(problems) > TOLD:
        more = len(problems) - TOLD
        rest = ngettext("And %(number)d more.", "And %(number)d more.", more) % {"number": more}
        model_admin.message_user(request, rest, messages.ERROR)


def each(verb: Verb, said: Said) -> Action:
    """The action that does one verb to each post, or what else a list holds; `said` gives the sentence for that many."""

    def action(model_admin: Any, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        assert isinstance(request.user, User)  # noqa: S101  # the desk let nobody else in
        problems: list[str] = []
        done: list[int] = []
        with unsent_mail() as unsent:
            for post_id in list(queryset.values_list("pk", flat=True)):
                try:
                    verb(post_id, request.user)
                    done.append(post_id)
                except PublishingProblem as problem:
                    problems.append(str(problem))
        told = said(len(done)) % {"number": len(done)} if done else ""
        if told and verb is publishing.trash:
            told = trashing.with_undo(request, model_admin.opts.model_name, told, done)
        _tell(model_admin, request, told, problems)
        for sentence in dict.fromkeys(unsent):
            model_admin.message_user(request, sentence, messages.WARNING)

    return action


def with_name(prepare: Callable[[str, User], Change], said: Said) -> Action:
    """The action that changes each post by what was given beside the button. A name nobody knows costs nothing."""

    def action(model_admin: Any, request: HttpRequest, queryset: QuerySet[Post]) -> None:
        assert isinstance(request.user, User)  # noqa: S101  # the desk let nobody else in
        given = " ".join(request.POST.get("given", "").replace("\0", "").split())[:200]
        try:
            change = prepare(given, request.user)
        except PublishingProblem as problem:
            model_admin.message_user(request, str(problem), messages.ERROR)
            return

        def verb(post_id: int, user: User) -> None:
            post = Post.everything.prefetch_related("bylines", "taggings").get(pk=post_id)
            publishing.save(post_id, change(Content.of(post)), user, base=post.revision)

        each(verb, said)(model_admin, request, queryset)

    return action


# -- what is given ---------------------------------------------------------------------------------


def _tag(given: str) -> str:
    name = clean_name(given)
    if not name:
        raise NotPossible(_("Write the tag’s name beside the button, then press it again."))
    return name


def add_tag(given: str, user: User) -> Change:
    name = _tag(given)
    if not user.has_perm("blog.add_tag") and not Tag.objects.filter(key=tag_key(name)).exists():
        raise NotPossible(
            _("There is no tag “%(name)s” yet. Choose among the tags there are.") % {"name": name}
        )

    def change(content: Content) -> Content:
        known = {tag_key(one) for one in content.tags}
        return content if tag_key(name) in known else replace(content, tags=(*content.tags, name))

    return change


def take_tag_away(given: str, user: User) -> Change:
    key = tag_key(_tag(given))
    return lambda content: replace(content, tags=tuple(one for one in content.tags if tag_key(one) != key))


def give_to(given: str, user: User) -> Change:
    """The author stands on the post in place of those who did; translators and editors stay."""
    found = find_authors([given]).get(name_key(given)) if given else None
    if found is None:
        raise NotPossible(
            _(
                "Write the name of an author that there is beside the button, then press it again. “%(name)s” is none."
            )
            % {"name": given}
        )
    author = found.pk

    def change(content: Content) -> Content:
        others = tuple(one for one in content.bylines if one.part != "author" and one.author != author)
        return replace(content, bylines=(BylineSpec(author), *others))

    return change


# -- what was done ---------------------------------------------------------------------------------


def _submitted(n: int) -> str:
    return ngettext("%(number)d post was sent for review.", "%(number)d posts were sent for review.", n)


def _published(n: int) -> str:
    return ngettext("%(number)d post was published.", "%(number)d posts were published.", n)


def _withdrawn(n: int) -> str:
    return ngettext("%(number)d post was withdrawn.", "%(number)d posts were withdrawn.", n)


def _tagged(n: int) -> str:
    return ngettext("%(number)d post carries the tag.", "%(number)d posts carry the tag.", n)


def _untagged(n: int) -> str:
    return ngettext("%(number)d post carries the tag no more.", "%(number)d posts carry the tag no more.", n)


def _given(n: int) -> str:
    return ngettext("%(number)d post has its new author.", "%(number)d posts have their new author.", n)


def _trashed(n: int) -> str:
    return ngettext("%(number)d post was moved to the trash.", "%(number)d posts were moved to the trash.", n)


def _restored(n: int) -> str:
    return ngettext("%(number)d post was restored.", "%(number)d posts were restored.", n)


def _purged(n: int) -> str:
    return ngettext("%(number)d post was deleted for good.", "%(number)d posts were deleted for good.", n)


# Name, label, action, and who is offered it; the verb asks again for each post.
ACTIONS: tuple[tuple[str, str | Promise, Action, str], ...] = (
    ("submit", gettext_lazy("Send for review"), each(publishing.submit, _submitted), ""),
    ("publish", gettext_lazy("Publish"), each(publishing.publish, _published), "blog.publish_post"),
    ("withdraw", gettext_lazy("Withdraw"), each(publishing.withdraw, _withdrawn), "blog.publish_post"),
    ("add_tag", gettext_lazy("Add the tag …"), with_name(add_tag, _tagged), ""),
    ("take_tag", gettext_lazy("Take away the tag …"), with_name(take_tag_away, _untagged), ""),
    ("give_to", gettext_lazy("Give to the author …"), with_name(give_to, _given), "blog.edit_any_post"),
    ("trash", gettext_lazy("Move to the trash"), each(publishing.trash, _trashed), ""),
    ("restore", gettext_lazy("Restore from the trash"), each(publishing.restore, _restored), ""),
    (
        "purge",
        gettext_lazy("Delete for good (from the trash)"),
        each(publishing.purge, _purged),
        "blog.edit_any_post",
    ),
)

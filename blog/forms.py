"""forms: the form of a post or page, between what the desk shows and the Content that publishing takes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import fields, replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, ClassVar, cast

from django import forms
from django.conf import settings
from django.utils.text import format_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.slugs import slug_of
from blog import images, tagging, taxonomy
from blog.bylinefield import BylinesField, BylinesWidget
from blog.content import BylineSpec, Content, Guest
from blog.errors import PublishingProblem
from blog.fields import MarkdownWidget, TagsField, join_names
from blog.models import Changes, Post, Revision
from blog.models.tag import tag_key
from blog.moments import MomentField
from blog.workingtext import content_of

if TYPE_CHECKING:
    PostModelForm = forms.ModelForm[Post]
else:
    PostModelForm = forms.ModelForm

# Fields of Content that the form shows under the same name.
SHOWN = (
    "title",
    "body",
    "slug",
    "summary",
    "language",
    "series_position",
    "cover_alt",
    "canonical_url",
    "seo_title",
    "seo_description",
    "noindex",
    "responding",
)
# Hidden, or set beside the buttons they belong to.
ALWAYS = frozenset(
    {"base", "opened", "publish_on", "withdraw_on", "note", "submit_note", "changes_on", "why", "correction"}
)
NOTE_AT_MOST = 2000  # characters
LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")


class PostForm(PostModelForm):
    """What an editor writes of a post. The desk makes a subclass of it for each request, with `user` and `problem`."""

    user: ClassVar[User]
    problem: ClassVar[PublishingProblem | None] = None  # why the verb refused what this form wants
    restored: ClassVar[Mapping[str, Any]] = MappingProxyType(
        {}
    )  # what was left unsaved, in place of what stands
    sealed: ClassVar[str] = ""  # who this form is shown to, and its key
    shown: ClassVar[frozenset[str]]  # the fields on the page; no other is read from what was posted

    base = forms.IntegerField(required=False, widget=forms.HiddenInput)
    opened = forms.CharField(required=False, widget=forms.HiddenInput)
    body = forms.CharField(required=False, strip=False, label=_("Text"), widget=MarkdownWidget)
    slug = forms.CharField(
        required=False,
        max_length=200,
        label=_("Address"),
        help_text=_("The last part of it. Empty: made from the title. The old address goes on leading here."),
    )
    language = forms.CharField(
        label=_("Language"),
        required=False,
        max_length=35,
        help_text=format_lazy(
            _("A code such as en, ru or pt-BR. Empty: {code}."), code=settings.LANGUAGE_CODE
        ),
    )
    byline_rows = BylinesField(required=False, label=_("Bylines"))
    tag_names = TagsField(required=False, label=_("Tags"), help_text=_("Parted by commas."))
    cover_upload = forms.FileField(
        required=False,
        label=_("New cover"),
        help_text=_("PNG, JPEG, WebP, GIF or AVIF, at most 10 MB."),
        widget=forms.FileInput(attrs={"accept": "image/png,image/jpeg,image/webp,image/gif,image/avif"}),
    )
    canonical_url = forms.URLField(
        required=False,
        max_length=2000,
        assume_scheme="https",
        label=_("Canonical address"),
        help_text=_("Where the text stands first, if that is elsewhere."),
    )
    publish_on = MomentField(label=_("Publish on"))
    withdraw_on = MomentField(label=_("Withdraw on"))
    note = forms.CharField(
        required=False,
        max_length=NOTE_AT_MOST,
        label=_("Note to the author"),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    submit_note = forms.CharField(
        required=False,
        max_length=NOTE_AT_MOST,
        label=_("Note to the editors"),
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    changes_on = MomentField(label=_("Publish the changes on"))
    why = forms.CharField(
        required=False,
        max_length=300,
        label=_("Why this change"),
        help_text=_("For the history; readers do not see it."),
    )
    correction = forms.CharField(
        required=False,
        max_length=500,
        label=_("Correction"),
        help_text=_(
            "One sentence that readers see under the post, with the date: what was wrong, and what is right."
        ),
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    class Meta:
        model = Post
        fields = (*SHOWN, "series", "cover")
        labels = {  # noqa: RUF012  # Django's own shape
            "cover_alt": _("Alt text of the cover"),
            "series_position": _("Place in the series"),
            "seo_title": _("Title"),
            "seo_description": _("Description"),
            "noindex": _("Keep it from search engines"),
        }
        # It grows with its words instead of hiding their end; a line break in it is a space.
        widgets = {  # noqa: RUF012
            "title": forms.Textarea(
                attrs={"rows": 1, "autocomplete": "off", "enterkeyhint": "next", "placeholder": _("Title")}
            ),
        }
        help_texts = {  # noqa: RUF012
            "cover_alt": _("What the picture shows, for those who can't see it."),
            "summary": _("Empty: the first paragraph stands in lists."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        post = self.instance
        # Read before validation writes the form's values on the instance.
        self.standing = Content.of(post) if post.pk else Content(title="")
        self.initial.update(
            base=post.revision,
            opened=self.sealed,
            byline_rows=self.standing.bylines,
            tag_names=self.standing.tags,
            publish_on=post.published_at if post.pk and post.is_scheduled else None,
            withdraw_on=post.withdraw_at,
        )
        self.changes: Changes | None = getattr(post, "changes", None) if post.pk else None
        if self.changes is not None:
            self._show(self.changes)
        self.initial.update(self.restored)
        if not post.pk and "title" in self.fields:
            self.fields["title"].widget.attrs["autofocus"] = True
        cast(BylinesWidget, self.fields["byline_rows"].widget).may_add = self.user.has_perm(
            "accounts.add_author"
        )
        body = self.fields.get("body")
        if body is not None and self.standing.body_format == "html":
            body.widget.body_format = "html"
            body.help_text = gettext("This text came as HTML and is written as HTML.")
        for name in set(self.fields) - self.shown - ALWAYS:
            del self.fields[name]

    def _show(self, changes: Changes) -> None:
        """The form of a live post with unpublished changes shows those."""
        content = self.standing = content_of(changes)
        self.initial.update({name: getattr(content, name) for name in (*SHOWN, "series", "cover")})
        self.initial.update(
            base=changes.revision,
            byline_rows=content.bylines,
            tag_names=content.tags,
            changes_on=changes.at,
            correction=changes.correction,
        )

    # -- checking --------------------------------------------------------------------------------

    def clean_title(self) -> str:
        return re.sub(r"\s*[\r\n]+\s*", " ", cast(str, self.cleaned_data["title"]))

    def clean_slug(self) -> str:
        slug = cast(str, self.cleaned_data["slug"])
        return slug_of(slug) if slug else ""

    def clean_language(self) -> str:
        language = cast(str, self.cleaned_data["language"])
        if language and not LANGUAGE.fullmatch(language):
            raise forms.ValidationError(
                gettext("“%(language)s” is no language code; write one such as en, ru or pt-BR.")
                % {"language": language}
            )
        return language

    def clean_tag_names(self) -> tuple[str, ...]:
        names = cast("tuple[str, ...]", self.cleaned_data["tag_names"])
        if self.user.has_perm("blog.add_tag"):
            return names
        standing = {tag_key(name) for name in self.standing.tags}
        keys = {tag_key(name): name for name in names if tag_key(name) not in standing}
        known = tagging.known(keys)
        new = [name for key, name in keys.items() if key not in known]
        if new:
            raise forms.ValidationError(
                gettext("There is no tag %(join)s yet. Choose among the tags there are, or ask an editor.")
                % {"join": ", ".join(f"“{name}”" for name in new)}
            )
        return names

    def clean_cover_upload(self) -> Any:
        upload = self.cleaned_data["cover_upload"]
        if upload and not self.user.has_perm("blog.add_image"):
            raise forms.ValidationError(gettext("You may not add pictures. Ask an editor."))
        if upload:
            images.read(upload)
        return upload

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if self.instance.pk and cleaned.get("base") is None and "base" not in self.errors:
            self.add_error(
                None, gettext("This form does not say which revision it began from. Open the post again.")
            )
        if self.problem is not None:
            self.add_error(None, str(self.problem))
        return cleaned

    # -- what it wants ---------------------------------------------------------------------------

    def began(self) -> Content:
        """What the form was filled with when it was opened."""
        base = self.cleaned_data.get("base")
        if not self.instance.pk or base is None:
            return self.standing
        revision = Revision.objects.filter(post_id=self.instance.pk, number=base).first()
        return Content.from_state(revision.state) if revision else self.standing

    def add_guests(self) -> None:
        """Add the authors that are not known yet; from then on the form speaks of authors alone."""
        rows: tuple[BylineSpec | Guest, ...] = self.cleaned_data.get("byline_rows") or ()
        if any(isinstance(row, Guest) for row in rows):
            self.cleaned_data["byline_rows"] = taxonomy.with_guests(rows, self.user)

    def content(self) -> Content:
        """What publishing is to write: what the form began from, with what its fields say."""
        began, given = self.began(), self.cleaned_data
        wanted: dict[str, Any] = {
            name: _kept(getattr(began, name), given[name]) for name in SHOWN if name in given
        }
        for name in ("series", "cover"):
            if name in given:
                wanted[name] = given[name].pk if given[name] else None
        if "byline_rows" in given:
            wanted["bylines"] = given["byline_rows"]
        if "tag_names" in given:
            wanted["tags"] = given["tag_names"]
        return replace(began, **wanted)


def _kept(began: Any, given: Any) -> Any:
    """What a browser does to a text (line ends, white space at its edges) is no change of it."""
    if not isinstance(given, str):
        return given
    given = given.replace("\r\n", "\n").replace("\r", "\n")
    same = isinstance(began, str) and began.replace("\r\n", "\n").replace("\r", "\n").strip() == given.strip()
    return began if same else given


def as_data(content: Content, beside: Content) -> dict[str, Any]:
    """What `content` says otherwise than `beside`, as form data."""
    changed = {
        field.name: value
        for field in fields(Content)
        if (value := getattr(content, field.name)) != getattr(beside, field.name)
    }
    return {name: value for field, value in changed.items() for name, value in _as_data(field, value).items()}


def _as_data(field: str, value: Any) -> dict[str, Any]:
    if field == "tags":
        return {"tag_names": join_names(value)}
    if field == "bylines":
        specs = cast("tuple[BylineSpec, ...]", value)
        labels = BylinesField().prepare_value(specs)
        data = {f"byline_rows-{n}-author": label for n, (label, _, _) in enumerate(labels)}
        data |= {f"byline_rows-{n}-part": part for n, (_, part, _) in enumerate(labels)}
        data |= {f"byline_rows-{n}-place": str(n + 1) for n in range(len(labels))}
        return data | {f"byline_rows-{len(labels)}-author": ""}
    if field == "noindex":
        return {"noindex": "on" if value else ""}
    return {field: "" if value is None else str(value)}

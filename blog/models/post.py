"""post: Post and Page, who wrote them, what they were before, and which series they belong to."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from taggit.managers import TaggableManager

from accounts.models import Author
from blog.models.image import Image
from blog.models.tag import TaggedPost
from blog.querysets import EveryPostManager, PageManager, PostManager, RowManager

WORDS_A_MINUTE = 230


def minutes_to_read(words: int) -> int:
    """Whole minutes, at least one."""
    return max(1, round(words / WORDS_A_MINUTE))


class Series(models.Model):
    """Posts that belong together, in an order."""

    title = models.CharField(_("title"), max_length=200)
    slug = models.SlugField(_("address"), max_length=200, unique=True)
    description = models.TextField(
        _("description"), blank=True, max_length=10_000, help_text=_("Plain text; addresses become links.")
    )
    description_html = models.TextField(blank=True, editable=False)

    class Meta:
        ordering: ClassVar = ["title"]
        verbose_name = _("series")
        verbose_name_plural = pgettext_lazy("several", "series")

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("series", args=[self.slug])


class Post(models.Model):  # type: ignore[django-manager-missing]  # taggit ships no types, so TaggedPost has no manager mypy knows
    """*Our* item. Written by `blog.publishing` alone; bodies are rendered there, never when read."""

    class Kind(models.TextChoices):
        POST = "post", _("Post")
        PAGE = "page", _("Page")

    class Status(models.TextChoices):
        DRAFT = "draft", _("Draft")
        REVIEW = "review", _("in review")
        PUBLISHED = "published", _("Published")  # with a future published_at: scheduled
        WITHDRAWN = "withdrawn", _("Withdrawn")

    class Responding(models.TextChoices):
        """Whether readers may comment; empty: as the site says."""

        OPEN = "open", _("Open")
        CLOSED = "closed", _("Closed")
        __empty__ = _("As the site says")

    class BodyFormat(models.TextChoices):
        MARKDOWN = "markdown", "Markdown"
        HTML = "html", "HTML"

    # What it is and where it stands
    # tag: URI, the id in feeds, made once; a successor has that of its post
    uid = models.CharField(max_length=300, db_index=True, editable=False)
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.POST, editable=False)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.DRAFT)
    slug = models.SlugField(_("address"), max_length=200)
    language = models.CharField(_("language"), max_length=35)  # BCP 47
    translation_group = models.UUIDField(null=True, blank=True, editable=False)
    published_at = models.DateTimeField(null=True, blank=True)
    dated = models.BooleanField(default=True)  # False: published_at only orders, no page shows it
    withdraw_at = models.DateTimeField(null=True, blank=True)
    trashed_at = models.DateTimeField(null=True, blank=True, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    updated_at = models.DateTimeField(
        default=timezone.now, editable=False
    )  # last change of what readers read
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, editable=False, related_name="posts"
    )
    # Where changes are scheduled, two rows stand for one post, and which of them is public is a matter of the moment
    successor_of = models.OneToOneField(
        "self", models.CASCADE, null=True, blank=True, editable=False, related_name="successor"
    )
    appears_at = models.DateTimeField(null=True, blank=True, editable=False)  # a successor's turn
    replaced_at = models.DateTimeField(null=True, blank=True, editable=False)  # the same moment, on its post
    # What was written
    title = models.CharField(_("title"), max_length=500)
    summary = models.TextField(_("summary"), blank=True)
    body = models.TextField(_("text"), blank=True)
    body_format = models.CharField(max_length=10, choices=BodyFormat, default=BodyFormat.MARKDOWN)
    # What was made of it when it was saved
    html = models.TextField(blank=True, editable=False)
    feed_html = models.TextField(blank=True, editable=False)
    outline = models.JSONField(default=list, blank=True, editable=False)  # [[level, id, text], …]
    own_contents = models.BooleanField(default=False, editable=False)
    excerpt = models.TextField(blank=True, editable=False)
    words = models.PositiveIntegerField(default=0, editable=False)
    # What goes with it
    authors = models.ManyToManyField(Author, through="Byline", related_name="posts")
    tags = TaggableManager(through=TaggedPost, blank=True)
    series = models.ForeignKey(
        Series, models.SET_NULL, null=True, blank=True, related_name="posts", verbose_name=_("series")
    )
    series_position = models.PositiveIntegerField(_("place in the series"), null=True, blank=True)
    cover = models.ForeignKey(
        Image, models.SET_NULL, null=True, blank=True, related_name="covered_posts", verbose_name=_("cover")
    )
    cover_url = models.URLField(
        max_length=2000, blank=True
    )  # a picture elsewhere that is not stored here yet
    cover_alt = models.CharField(max_length=500, blank=True)
    origin_url = models.URLField(max_length=2000, blank=True)  # where it was first published
    canonical_url = models.URLField(max_length=2000, blank=True)
    seo_title = models.CharField(max_length=200, blank=True)
    seo_description = models.CharField(max_length=500, blank=True)
    noindex = models.BooleanField(_("keep it from search engines"), default=False)
    responding = models.CharField(
        _("comments of readers"), max_length=10, choices=Responding, blank=True, default=""
    )
    revision = models.PositiveIntegerField(
        default=0, editable=False
    )  # number of the Revision these columns show
    corrections = models.JSONField(
        default=list, blank=True, editable=False
    )  # [[moment, sentence], …], public

    objects = PostManager()
    everything: ClassVar[EveryPostManager] = EveryPostManager()
    rows: ClassVar[RowManager] = RowManager()

    class Meta:
        verbose_name = _("post")
        verbose_name_plural = _("posts")
        base_manager_name = "rows"
        ordering: ClassVar = ["-published_at", "-id"]
        permissions: ClassVar = [
            ("publish_post", "Can publish own posts"),
            ("publish_unapproved_post", "Can publish without an editor's approval"),
            ("edit_any_post", "Can edit and publish everyone's posts"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["kind", "slug"],
                condition=models.Q(successor_of__isnull=True),
                name="one_slug_a_kind",
            ),
            models.UniqueConstraint(
                fields=["uid"], condition=models.Q(successor_of__isnull=True), name="one_uid_a_post"
            ),
            models.CheckConstraint(
                condition=~models.Q(status="published") | models.Q(published_at__isnull=False),
                name="published_has_a_moment",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["kind", "status", "-published_at", "-id"], name="post_newest_first"),
            models.Index(fields=["status", "published_at"], name="post_due"),
            models.Index(fields=["status", "withdraw_at"], name="post_withdrawal_due"),
            models.Index(
                fields=["appears_at"],
                condition=models.Q(appears_at__isnull=False),
                name="post_succession_due",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("page" if self.kind == self.Kind.PAGE else "post", args=[self.slug])

    @property
    def lead(self) -> str:
        """What a list says of it: the author's summary, else the first real paragraph."""
        return self.summary or self.excerpt

    @property
    def minutes(self) -> int:
        """Reading time in whole minutes, at least one."""
        return minutes_to_read(self.words)

    @property
    def is_scheduled(self) -> bool:
        return (
            self.status == self.Status.PUBLISHED
            and self.published_at is not None
            and self.published_at > timezone.now()
        )

    @property
    def is_public(self) -> bool:
        """The same question as `published()`, asked of one post already loaded, whichever of its rows readers see."""
        now = timezone.now()
        return (
            (self.appears_at is None or self.appears_at <= now)
            and self.status == self.Status.PUBLISHED
            and self.trashed_at is None
            and self.published_at is not None
            and self.published_at <= now
            and (self.withdraw_at is None or self.withdraw_at > now)
        )


class Page(Post):  # type: ignore[django-manager-missing]
    """Written and revised like a Post, in no list and no feed."""

    objects = PageManager()  # type: ignore[misc]

    class Meta:
        verbose_name = _("page")
        verbose_name_plural = _("pages")
        proxy = True

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        if not args:
            kwargs.setdefault("kind", Post.Kind.PAGE)
        super().__init__(*args, **kwargs)


class Byline(models.Model):
    """One Author on one Post, with a place in the order and a part."""

    class Part(models.TextChoices):
        AUTHOR = "author", _("Author")
        TRANSLATOR = "translator", _("Translator")
        EDITOR = "editor", _("Editor")

    post = models.ForeignKey(Post, models.CASCADE, related_name="bylines")
    author = models.ForeignKey(Author, models.PROTECT, related_name="bylines")
    position = models.PositiveSmallIntegerField(default=0)
    part = models.CharField(max_length=10, choices=Part, default=Part.AUTHOR)

    class Meta:
        ordering: ClassVar = ["position", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["post", "author", "part"], name="one_part_once_a_post")
        ]

    def __str__(self) -> str:
        return f"{self.author} ({self.part})"


class Revision(models.Model):
    """One saved state of a Post, whole. `proposed` ones wait for an editor, `working` ones are unpublished changes; neither
    is what the post shows."""

    post = models.ForeignKey(Post, models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField()
    created_at = models.DateTimeField(default=timezone.now)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    reason = models.CharField(max_length=200)  # in words: "saved", "published", "imported", "restored from 3"
    why = models.CharField(max_length=300, blank=True)  # in the words of whoever saved it
    correction = models.CharField(max_length=500, blank=True)  # the public sentence, where it mends a mistake
    proposed = models.BooleanField(default=False)
    working = models.BooleanField(default=False)
    state = models.JSONField()  # blog.content.Content, and the status

    class Meta:
        ordering: ClassVar = ["-number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["post", "number"], name="one_number_a_revision")
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.reason}"


class PreviewLink(models.Model):
    """Leave to read one unpublished post without signing in, until it expires or is revoked. Only the token's hash is kept."""

    post = models.ForeignKey(Post, models.CASCADE, related_name="preview_links")
    token_sha256 = models.CharField(max_length=64, unique=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    label = models.CharField(max_length=80, blank=True)  # for whom it was made
    may_comment = models.BooleanField(default=False)
    opened_at = models.DateTimeField(null=True, blank=True)  # last; by whom is not noted

    def __str__(self) -> str:
        return f"until {self.expires_at:%Y-%m-%d %H:%M}"

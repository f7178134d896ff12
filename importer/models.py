"""models: where we import from, each import and what became of every entry, and what ties our posts to theirs."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Author
from blog.models import Image, Post, Tag
from importer.deciding import VERDICTS
from importer.verdicts import NAMES


class Source(models.Model):
    """Where we import from. Its key, as `importer.identity` decides it, is what makes two documents one source."""

    key_kind = models.CharField(max_length=10)  # url, ident, site, path, digest
    key_value = models.TextField()
    key_sha256 = models.CharField(max_length=64)
    fetched = models.BooleanField(default=False)  # its key is the address it is fetched from
    location = models.TextField(_("location"))  # as the operator named it last
    title = models.CharField(_("title"), max_length=500, blank=True)
    site_url = models.CharField(_("site"), max_length=2000, blank=True)
    format = models.CharField(_("format"), max_length=20, blank=True)
    moved_here = models.BooleanField(default=False)  # this blog's former self
    moved_here_by = models.ForeignKey(
        "Run", models.SET_NULL, null=True, blank=True, related_name="+"
    )  # the run that marked it so
    trusts_ids = models.BooleanField(
        _("trusts ids"), default=True
    )  # False: too many ids were shared by different entries
    first_seen = models.DateTimeField(_("first seen"), default=timezone.now)
    time_zone = models.CharField(_("time zone"), max_length=63, blank=True)  # of its dates that name none
    default_author = models.ForeignKey(
        Author, models.SET_NULL, null=True, blank=True, related_name="+"
    )  # whom names mean that its table gives to "default"
    # Health
    last_success = models.DateTimeField(_("last success"), null=True, blank=True)
    failures = models.PositiveIntegerField(default=0)  # in a row
    last_error = models.TextField(blank=True)
    # Polling
    poll = models.BooleanField(_("is polled"), default=False)
    options = models.JSONField(default=dict, blank=True)  # how the operator wants it imported
    interval = models.PositiveIntegerField(default=3600)  # seconds between two questions, at least
    next_poll = models.DateTimeField(null=True, blank=True)  # null: at once
    etag = models.CharField(max_length=1000, blank=True)
    last_modified = models.CharField(max_length=1000, blank=True)
    document_sha256 = models.CharField(
        max_length=64, blank=True
    )  # what it last said, if all that could be taken was
    moved_to = models.TextField(_("moved to"), blank=True)  # where it says it lives for good; asked there
    gone = models.DateTimeField(null=True, blank=True)  # since when it says that it is no more
    locked_until = models.DateTimeField(null=True, blank=True)  # a poller has it in hand
    broken = models.BooleanField(_("broken"), default=False)  # and that was reported
    reported = models.JSONField(default=list, blank=True)  # digests of the rejections that were reported

    class Meta:
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        ordering: ClassVar = ["title", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["key_kind", "key_sha256"], name="one_source_a_key")
        ]

    def __str__(self) -> str:
        return self.title or self.location


class SourceName(models.Model):
    """One name under which a source can be found, its key among them. A fetched source is found by its key alone."""

    source = models.ForeignKey(Source, models.CASCADE, related_name="names")
    kind = models.CharField(max_length=10)
    sha256 = models.CharField(max_length=64)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["source", "kind", "sha256"], name="one_name_once_a_source")
        ]
        indexes: ClassVar = [models.Index(fields=["kind", "sha256"], name="source_by_name")]

    def __str__(self) -> str:
        return f"{self.kind} {self.sha256[:12]}"


class SourceDocument(models.Model):
    """When a source was first seen saying exactly this: the moment of its entries that carry no date."""

    source = models.ForeignKey(Source, models.CASCADE, related_name="documents")
    sha256 = models.CharField(max_length=64)  # of the bytes
    first_seen = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["source", "sha256"], name="one_document_once_a_source")
        ]

    def __str__(self) -> str:
        return f"{self.sha256[:12]} {self.first_seen:%Y-%m-%d %H:%M}"


class AmbiguousAlias(models.Model):
    """An alias that stood on two different entries of one document; it identifies nothing, for good."""

    source = models.ForeignKey(Source, models.CASCADE, related_name="ambiguous_aliases")
    kind = models.CharField(max_length=12)
    sha256 = models.CharField(max_length=64)

    class Meta:
        verbose_name_plural = "ambiguous aliases"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["source", "kind", "sha256"], name="ambiguous_once_a_source")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.sha256[:12]}"


class AuthorMapping(models.Model):
    """What becomes of one name in a source's bylines. A proposed row waits for an editor and changes nothing."""

    class Action(models.TextChoices):
        CREATE = "create", _("an author of its own")
        MAP = "map", _("this author")
        DEFAULT = "default", _("the source's own author")
        REJECT = "reject", _("left out")

    source = models.ForeignKey(Source, models.CASCADE, related_name="author_mappings")
    key = models.CharField(max_length=250)  # name_key
    name = models.CharField(max_length=200)  # as written
    action = models.CharField(max_length=10, choices=Action, default=Action.CREATE)
    author = models.ForeignKey(Author, models.SET_NULL, null=True, blank=True, related_name="+")
    proposed = models.BooleanField(default=False)
    run = models.ForeignKey("Run", models.SET_NULL, null=True, related_name="+")  # that proposed it

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["source", "key"], name="one_name_a_table_of_authors")
        ]

    def __str__(self) -> str:
        return self.name


class TagMapping(models.Model):
    """What becomes of one tag of a source."""

    class Action(models.TextChoices):
        KEEP = "keep", _("as it comes")
        MAP = "map", _("this tag")
        IGNORE = "ignore", _("left out")

    source = models.ForeignKey(Source, models.CASCADE, related_name="tag_mappings")
    key = models.CharField(max_length=250)  # tag_key
    name = models.CharField(max_length=100)  # as written
    action = models.CharField(max_length=10, choices=Action, default=Action.KEEP)
    to_name = models.CharField(max_length=100, blank=True)

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["source", "key"], name="one_name_a_table_of_tags")
        ]

    def __str__(self) -> str:
        return self.name


class Run(models.Model):
    """One import and its report. The verdict on every entry stands in `entries`."""

    started = models.DateTimeField(_("started"), default=timezone.now)
    finished = models.DateTimeField(
        _("finished"), null=True, blank=True
    )  # null: still running, or ended by force
    sources = models.ManyToManyField(Source, related_name="runs", blank=True)
    locations = models.JSONField(default=list)  # as the operator named them
    options = models.JSONField(default=dict)
    dry_run = models.BooleanField(_("plan only"), default=False)  # its entries are a plan
    counts = models.JSONField(default=dict)  # verdict → number
    report = models.JSONField(default=dict)  # as `--report` writes it, without the items
    exit_status = models.PositiveSmallIntegerField(_("exit status"), null=True, blank=True)
    plan = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="carried_out_by")
    undone = models.DateTimeField(_("undone"), null=True, blank=True)  # when somebody last undid it
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("user"),
    )

    class Meta:
        verbose_name = _("run")
        verbose_name_plural = _("runs")
        ordering: ClassVar = ["-started", "-id"]

    def __str__(self) -> str:
        return f"Import {self.pk} of {self.started:%Y-%m-%d %H:%M}"


class RunDocument(models.Model):
    """What a plan was made from, so that exactly that can be carried out."""

    run = models.ForeignKey(Run, models.CASCADE, related_name="documents")
    location = models.TextField()  # as the run's entries name it
    page = models.TextField(
        blank=True
    )  # the address of a page behind the source's first one, as it was asked for
    sha256 = models.CharField(max_length=64)  # of the bytes
    final_url = models.TextField(blank=True)
    content_type = models.TextField(blank=True)
    path = models.TextField(blank=True)
    data = models.BinaryField(null=True)  # gzip; null: too long to be kept, to be read again where it lies

    class Meta:
        ordering: ClassVar = ["id"]

    def __str__(self) -> str:
        return self.location


class Made(models.Model):
    """An author, a tag, a picture or a recording that a run made beside its posts."""

    run = models.ForeignKey(Run, models.CASCADE, related_name="made")
    author = models.ForeignKey(Author, models.CASCADE, null=True, related_name="+")
    tag = models.ForeignKey(Tag, models.CASCADE, null=True, related_name="+")
    image = models.ForeignKey(Image, models.CASCADE, null=True, related_name="+")
    alt = models.CharField(max_length=500, blank=True)  # of the picture, as it came
    recording = models.CharField(max_length=200, blank=True)  # its file's name in the storage

    def __str__(self) -> str:
        return str(self.author or self.tag or self.image or self.recording)


class RunEntry(models.Model):
    """What became of one entry in one run, and why."""

    run = models.ForeignKey(Run, models.CASCADE, related_name="entries")
    source = models.ForeignKey(
        Source, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("source")
    )
    location = models.TextField(_("location"))
    position = models.PositiveIntegerField(_("position"))  # in the document, from 1
    title = models.CharField(max_length=500, blank=True)
    verdict = models.CharField(
        _("verdict"), max_length=10, choices=[(verdict, NAMES[verdict]) for verdict in VERDICTS]
    )
    reason = models.TextField(_("reason"))
    warnings = models.JSONField(default=list, blank=True)  # sentences
    post = models.ForeignKey(Post, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        ordering: ClassVar = ["id"]
        verbose_name = _("run entry")
        verbose_name_plural = _("run entries")
        indexes: ClassVar = [models.Index(fields=["run", "verdict", "id"], name="run_entry_by_verdict")]

    def __str__(self) -> str:
        return f"{self.position}. {self.title}"


class ImportedEntry(models.Model):
    """What ties an entry of a source to our post. Without a post it is a tombstone: the entry stays away."""

    source = models.ForeignKey(Source, models.CASCADE, related_name="imported", verbose_name=_("source"))
    post = models.ForeignKey(
        Post, models.SET_NULL, null=True, blank=True, related_name="imported_from", verbose_name=_("post")
    )
    shared = models.BooleanField(
        _("belongs to another source"), default=False
    )  # the post came from another source, which alone updates it
    title = models.TextField(_("title"), blank=True)
    published = models.DateTimeField(_("published"), null=True, blank=True)  # as the source says
    digest = models.CharField(max_length=64)  # of the entry as it last came
    field_digests = models.JSONField(default=dict)  # of the same, by field
    text_sha256 = models.CharField(max_length=64, blank=True, db_index=True)  # title and visible text
    entry = models.JSONField(default=dict)  # the parsed entry, whole: re-cleaned from, and the base of merges
    written = models.JSONField(
        default=dict
    )  # people, tags and the fallback, before the source's table of names
    marks = models.JSONField(default=dict)  # field → digest of the post's field as the importer last wrote it
    revision = models.PositiveIntegerField(_("revision"), default=0)  # the last revision the importer made
    losses = models.JSONField(default=list, blank=True)  # sentences: what the post lacks of the entry
    first_run = models.ForeignKey(Run, models.SET_NULL, null=True, blank=True, related_name="brought")
    run = models.ForeignKey(Run, models.SET_NULL, null=True, blank=True, related_name="changed")
    created_at = models.DateTimeField(_("came"), default=timezone.now)
    updated_at = models.DateTimeField(_("last changed"), default=timezone.now)

    class Meta:
        ordering: ClassVar = ["-id"]
        verbose_name = _("imported entry")
        verbose_name_plural = _("imported entries")

    def __str__(self) -> str:
        return self.title or f"entry {self.pk}"


class MediaItem(models.Model):
    """One picture or recording that an imported entry shows, and whether it is stored here."""

    class Kind(models.TextChoices):
        PICTURE = "picture", _("Picture")
        COVER = "cover", _("Cover")
        AUDIO = "audio", _("Audio")
        VIDEO = "video", _("Video")

    class Status(models.TextChoices):
        PENDING = "pending", _("Pending")  # not asked for yet
        STORED = "stored", _("Stored")
        FAILED = "failed", _("Failed")  # asked for again once it is `due`
        DEAD = "dead", _("Dead")  # asked for no more

    imported = models.ForeignKey(ImportedEntry, models.CASCADE, related_name="media")
    run = models.ForeignKey(
        Run, models.SET_NULL, null=True, blank=True, related_name="media"
    )  # found it last
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    url = models.TextField(_("address"))  # as the body names it
    url_sha256 = models.CharField(max_length=64, db_index=True)
    others = models.JSONField(
        _("other addresses"), default=list, blank=True
    )  # addresses of the same in other sizes or forms
    base = models.TextField(blank=True)  # what a relative address is relative to
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.PENDING)
    tries = models.PositiveIntegerField(_("tries"), default=0)
    due = models.DateTimeField(_("due"), null=True, blank=True)
    last_error = models.TextField(
        _("last trouble"), blank=True
    )  # why it is not here, or not shown; a sentence
    image = models.ForeignKey(Image, models.SET_NULL, null=True, blank=True, related_name="+")
    name = models.CharField(max_length=200, blank=True)  # of a recording's file in the storage
    updated_at = models.DateTimeField(_("last changed"), default=timezone.now)

    class Meta:
        ordering: ClassVar = ["id"]
        verbose_name = _("picture or recording")
        verbose_name_plural = _("pictures and recordings")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["imported", "kind", "url_sha256"], name="one_medium_an_entry")
        ]
        indexes: ClassVar = [models.Index(fields=["status", "due"], name="media_by_status")]

    def __str__(self) -> str:
        return self.url[:200]


class Change(models.Model):
    """What an imported entry and its post were before a run changed them."""

    run = models.ForeignKey(Run, models.CASCADE, related_name="changes")
    imported = models.ForeignKey(ImportedEntry, models.CASCADE, related_name="changes")
    before = models.JSONField()  # the imported entry's columns
    aliases = models.JSONField(default=list)  # [kind, sha256] of the names that were added
    revision_before = models.PositiveIntegerField()  # that the post showed
    revision_after = models.PositiveIntegerField()  # the same number: the post stayed as it was
    updated_before = models.DateTimeField(null=True)  # Post.updated_at
    proposals = models.JSONField(default=list)  # numbers of the revisions that were proposed

    class Meta:
        ordering: ClassVar = ["id"]

    def __str__(self) -> str:
        return f"{self.imported}, changed by {self.run}"


class EntryAlias(models.Model):
    """One name of an imported entry. Two entries of one source never share one."""

    source = models.ForeignKey(Source, models.CASCADE, related_name="aliases")
    imported = models.ForeignKey(ImportedEntry, models.CASCADE, related_name="aliases")
    kind = models.CharField(max_length=12)
    sha256 = models.CharField(max_length=64)

    class Meta:
        verbose_name_plural = "entry aliases"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["source", "kind", "sha256"], name="one_alias_a_source")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.sha256[:12]}"

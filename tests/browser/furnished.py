"""furnished: a desk with something of everything on it, and the address of every page that it has."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import Model
from django.test import Client
from django.urls import reverse

from accounts.authors import make_author
from accounts.models import User
from blog import changes, claiming, comments, preview, publishing
from blog.content import Content
from blog.models import Image, NavigationLink, Post, Redirect, Tag
from importer.media.fetching import Ways
from importer.models import ImportedEntry, MediaItem, Run, RunEntry, Source
from tests.blog.desk.matrix import Things, a_picture, addresses
from tests.factories import PageFactory, SeriesFactory, UserFactory, a_post, an_author, the_site_stands
from tests.importer.documents import imported, item, rss, written
from tests.importer.mediawebs import brought

MARKDOWN = "One.\n\n## Two\n\n```python\nprint()\n```\n"
HTML = '<p>Paragraph one.</p>\n<p>Paragraph two.</p>\n<p>Paragraph three.</p>\n<img src="http://127.0.0.1:9/a.png" alt="A fox">'
NO_PAGES = ("/editor/tags/", "/image/choose/")  # what scripts are told, no page


def _a_full_post(user: User) -> Post:
    """With bylines, tags, a cover, revisions, comments, a shared link and changes that are not published yet."""
    image = a_picture()
    post = a_post(
        title="On the slow morning",
        body=f"{MARKDOWN}\n![]({image.file.url})\n",
        authors=[an_author(name="Anna Petrova", bio="Writes."), "Boris Smith"],
        tags=["Travel", "C++", "travels"],
        series=SeriesFactory(),
        cover=image,
    )
    publishing.save(post.pk, replace(Content.of(post), body="One and more."), user, why="A second look")
    comments.comment(post.pk, user, 0, "Which one?")
    preview.make_link(post, user, label="For Boris", may_comment=True)
    changes.save(post.pk, replace(Content.of(fresh(post)), body="One, anew."), user, base=2)
    return post


def fresh(post: Post) -> Post:
    return Post.everything.get(pk=post.pk)


def _posts_of_every_kind(user: User) -> list[Post]:
    """The writing page as it looks for each."""
    trashed = a_post(title="Gone")
    publishing.trash(trashed.pk, user)
    waiting = a_post(title="Waiting", status="draft", user=user)
    publishing.submit(waiting.pk, user)
    html = a_post(title="Came as HTML", body=HTML, body_format="html")
    return [trashed, waiting, html]


def _imports(desk: Client, folder: Path) -> None:
    """A run with pictures that did not come, a doubtful name, a change that waits for somebody, and a plan."""
    make_author("Иван Петров")
    brought(written(folder, rss(item(1, HTML, dc__creator="I. Petrov"), item(2))), Ways())
    ImportedEntry.objects.update(losses=["A table is missing."])
    post = Post.objects.get(title="Post 1")
    publishing.save(post.pk, replace(Content.of(post), body=post.body.replace("one", "ours")), None)
    imported(written(folder, rss(item(1, HTML.replace("one", "theirs"), dc__creator="I. Petrov"), item(2))))
    file = SimpleUploadedFile(
        "other.xml", rss(item(7), title="Another", link="https://other.example/").encode()
    )
    desk.post(reverse("admin:importer_run_import"), {"file": file})


def _things(post: Post) -> Things:
    first: dict[str, type[Model]] = {
        "blog.image": Image,
        "blog.tag": Tag,
        "importer.source": Source,
        "importer.run": Run,
        "importer.importedentry": ImportedEntry,
        "importer.mediaitem": MediaItem,
        "importer.runentry": RunEntry,
    }
    pks: dict[str, Any] = {label: model._base_manager.earliest("pk").pk for label, model in first.items()}
    pks |= {
        "blog.page": PageFactory(title="About").pk,
        "blog.series": post.series_id,
        "blog.navigationlink": NavigationLink.objects.create(label="Tags", address="/tags/").pk,
        "blog.sitesettings": 1,
        "blog.redirect": Redirect.objects.get_or_create(path="/old/", address="/new/")[0].pk,
        "accounts.author": post.bylines.all()[0].author_id,
        "accounts.user": UserFactory().pk,
        "blog.post": post.pk,
    }
    return Things(pks, post.pk)


def _more(post: Post, others: list[Post]) -> Iterator[str]:
    """What no address of the matrix leads to with something on it."""
    author = post.bylines.all()[0].author
    yield claiming.invite(author, UserFactory(role="editor")).removeprefix("https://masthead.example")
    yield f"/admin/blog/post/{post.pk}/compare/?old=1&new=2"
    yield "/admin/blog/post/?status=trash"
    yield "/admin/blog/image/?used=no"
    plan, run = Run.objects.latest("pk"), Run.objects.earliest("pk")
    for page in ("change", "plan", "preview", f"preview/{plan.entries.earliest('pk').pk}"):
        yield f"/admin/importer/run/{plan.pk}/{page}/"
    yield f"/admin/importer/run/{run.pk}/undo/"
    for other in others:
        yield f"/admin/blog/post/{other.pk}/change/"
    yield f"/admin/blog/post/{others[-1].pk}/convert/"


def _is_a_page(desk: Client, address: str) -> bool:
    answer = desk.get(address)
    return answer.status_code == 200 and answer["Content-Type"].startswith("text/html")


def furnish(desk: Client, user: User, folder: Path) -> list[str]:
    """The addresses of all pages of the desk, each with something on it, for somebody who may see them all."""
    the_site_stands()
    desk.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    post = _a_full_post(user)
    others = _posts_of_every_kind(user)
    _imports(desk, folder)
    found = [address for shown, address in addresses(_things(post)) if "/other/" not in shown]
    more = list(_more(post, others))
    pages = [
        one for one in dict.fromkeys(found + more) if not one.endswith(NO_PAGES) and _is_a_page(desk, one)
    ]
    assert not set(more) - set(pages), set(more) - set(pages)
    return pages

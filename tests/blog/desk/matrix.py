"""matrix: every address of the desk as everybody, asked and answered in one table."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO

from django.contrib import admin
from django.core.files.base import ContentFile
from django.db import transaction
from django.test import Client
from PIL import Image as Pillow

from accounts.models import User
from blog import images
from blog.models import Image, NavigationLink, Redirect, Response
from tests.factories import PageFactory, SeriesFactory, TagFactory, UserFactory, a_post, an_author

ROLES = ("nobody", "reader", "contributor", "author", "editor", "administrator", "superuser")
STOCK = ("", "add/", "{pk}/change/", "{pk}/delete/", "{pk}/history/")
OF_POSTS = (
    "{pk}/convert/",
    "{pk}/revisions/",
    "{pk}/revisions/1/",
    "{pk}/compare/",
    "{pk}/comments/",
    "undo/",
    "add/keep/",
    "add/unsaved/none/",
    "{pk}/keep/",
    "{pk}/unsaved/none/",
    "{pk}/since/1/",
    "{pk}/links/",
    *(f"{{pk}}/move/{verb}/" for verb in ("trash", "restore", "purge", "discard", "unschedule")),
)

OF_RUNS = (
    "import/",
    "mend/",
    "proposals/",
    "proposals/{pk}/1/",
    *(f"{{pk}}/{page}/" for page in ("plan", "undo", "media", "preview", "preview/1")),
)
OF_IMAGES = ("choose/", *(f"{{pk}}/{verb}/" for verb in ("words", "file", "mend")))
OF_AUTHORS = ("bio/", "{pk}/preview/", "{pk}/invitations/")
OF_SOURCES = ("{pk}/names/", "{pk}/names/apply/")


@dataclass(frozen=True)
class Things:
    """One row of each model, and a post of the asker's own."""

    pks: dict[str, int]
    own: int


def person(role: str) -> User | None:
    if role == "nobody":
        return None
    if role == "reader":
        return UserFactory()
    if role == "superuser":
        return UserFactory(is_superuser=True, is_staff=True)
    return UserFactory(role=role)


def a_picture(colour: str = "teal") -> Image:
    out = BytesIO()
    Pillow.new("RGB", (8, 8), colour).save(out, "PNG")
    return images.store(ContentFile(out.getvalue(), f"{colour}.png"), None, colour.capitalize())  # type: ignore[arg-type]


def things(user: User | None) -> Things:
    pks = {
        "blog.post": a_post(title="Another's", status="draft").pk,
        "blog.page": PageFactory().pk,
        "blog.tag": TagFactory().pk,
        "blog.series": SeriesFactory().pk,
        "blog.response": Response.objects.create(post=a_post(), name="A reader", text="Words.").pk,
        "blog.image": a_picture().pk,
        "blog.navigationlink": NavigationLink.objects.create(label="Tags", address="/tags/").pk,
        "blog.sitesettings": 1,
        "blog.redirect": Redirect.objects.get_or_create(path="/old/", address="/new/")[0].pk,
        "accounts.author": an_author().pk,
        "accounts.user": UserFactory().pk,
    }
    return Things(pks, a_post(title="Own", status="draft", user=user).pk)


def addresses(found: Things) -> Iterator[tuple[str, str]]:
    """(how the table writes it, the address itself); models whose rows the importer makes stand with a row that is not there."""
    yield "", "/admin/"
    yield "password_change/", "/admin/password_change/"
    yield "mail/", "/admin/mail/"
    yield "language/", "/admin/language/"
    yield "drop/", "/admin/drop/"
    yield "quick/", "/admin/quick/"
    yield "views/post/", "/admin/views/post/"
    yield "views/post/one/forget/", "/admin/views/post/1/forget/"
    yield "claim/nothing/", "/admin/claim/nothing/"
    for model in sorted(admin.site._registry, key=lambda model: model._meta.label_lower):
        label = model._meta.label_lower
        app, name = label.split(".")
        posts = label in ("blog.post", "blog.page")
        more = ("{pk}/password/",) if name == "user" else OF_RUNS if name == "run" else ()
        more = OF_AUTHORS if name == "author" else more
        more = ("merge/", "part/1/") if label == "blog.tag" else more
        more = OF_SOURCES if label == "importer.source" else more
        more = ("reader/",) if label == "blog.response" else more
        more = OF_IMAGES if label == "blog.image" else more
        for end in STOCK + (OF_POSTS if posts else ()) + more:
            stem = f"{app}/{name}/"
            if "{pk}" not in end:
                yield stem + end, f"/admin/{stem}{end}"
            elif label == "blog.post":
                yield stem + end.replace("{pk}", "own"), f"/admin/{stem}{end.format(pk=found.own)}"
                yield stem + end.replace("{pk}", "other"), f"/admin/{stem}{end.format(pk=found.pks[label])}"
            else:
                pk = found.pks.get(label, 999_999)
                yield stem + end.replace("{pk}", "one"), f"/admin/{stem}{end.format(pk=pk)}"
    for end in ("preview/", "upload/", "checks/", "tags/", "signed-in/"):
        yield f"editor/{end}", f"/admin/editor/{end}"


def outcome(client: Client, method: str, address: str) -> str:
    """One word: the page, the way to the door (login), a change or a way elsewhere (moved), or the refusal's number."""
    with transaction.atomic():
        answer = client.get(address) if method == "GET" else client.post(address, {"post": "yes"})
        transaction.set_rollback(True)
    if answer.status_code in (301, 302):
        return "login" if "/admin/login/" in answer["Location"] else "moved"
    return "page" if answer.status_code == 200 else str(answer.status_code)


def column(role: str) -> dict[str, str]:
    """Everything that one role is answered, by `METHOD address`."""
    user = person(role)
    client = Client()
    if user is not None:
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    found = things(user)
    return {
        f"{method} {shown}": outcome(client, method, address)
        for shown, address in addresses(found)
        for method in ("GET", "POST")
    }


def table(columns: dict[str, dict[str, str]]) -> str:
    """The columns side by side, as `matrix.txt` keeps them."""
    rows = next(iter(columns.values()))
    width = max(map(len, rows)) + 2
    lines = [" " * width + "".join(f"{role:<15}" for role in columns)]
    lines += [f"{row:<{width}}" + "".join(f"{columns[role][row]:<15}" for role in columns) for row in rows]
    return "\n".join(line.rstrip() for line in lines) + "\n"

"""test_forged: what no form of ours posts changes nothing."""

from __future__ import annotations

import pytest
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME

from accounts.models import User
from blog.models import Post
from tests.blog.desk.filling import ADD, SignIn, change, form_of, fresh
from tests.factories import UserFactory, a_post, an_author

LIST = "/admin/blog/post/"


def test_a_contributor_can_set_neither_status_nor_owner_nor_bylines(sign_in: SignIn) -> None:
    user = UserFactory(role="contributor", first_name="Vera")
    other = an_author(name="Somebody Else")
    client = sign_in(user)
    forged = {
        "status": "published",
        "published_at": "2020-01-01",
        "published_at_0": "2020-01-01",
        "created_by": "1",
        "author": str(other.pk),
        "bylines": str(other.pk),
        "authors": str(other.pk),
        "byline_rows-0-author": "Somebody Else",
        "byline_rows-0-part": "author",
        "uid": "tag:forged",
        "kind": "page",
        "html": "<script>1</script>",
        "trashed_at": "",
    }
    client.post(ADD, form_of(client, ADD) | {"title": "T", "body": "B"} | forged)
    post = Post.everything.get()
    assert (post.status, post.created_by, post.published_at, post.kind) == ("draft", user, None, "post")
    assert [byline.author.name for byline in post.bylines.all()] == ["Vera"]
    assert "script" not in post.html


@pytest.mark.parametrize("verb", ["publish", "schedule", "withdraw", "return"])
def test_a_contributor_can_press_no_button_that_is_not_shown(sign_in: SignIn, verb: str) -> None:
    user = UserFactory(role="contributor")
    post = a_post(user=user, status="review")
    client = sign_in(user)
    answer = client.post(
        change(post), form_of(client, change(post)) | {"_verb": verb, "publish_on": "2099-01-01T10:00"}
    )
    assert fresh(post).status == "review"
    assert "Ask an editor" in client.get(answer["Location"]).content.decode()


@pytest.mark.parametrize(
    "action", ["publish", "withdraw", "submit", "trash", "restore", "purge", "delete_selected"]
)
def test_bulk_actions_on_anothers_posts_do_nothing(sign_in: SignIn, action: str) -> None:
    post = a_post(status="draft")
    for role in ("contributor", "author"):
        sign_in(role).post(LIST, {"action": action, ACTION_CHECKBOX_NAME: [str(post.pk)], "post": "yes"})
    assert (fresh(post).status, fresh(post).trashed_at) == ("draft", None)


def test_selecting_all_across_pages_takes_only_what_is_seen(sign_in: SignIn) -> None:
    user = UserFactory(role="author")
    own, others = a_post(user=user, status="draft"), a_post(status="draft")
    sign_in(user).post(
        LIST, {"action": "trash", ACTION_CHECKBOX_NAME: [str(own.pk)], "select_across": "1", "index": "0"}
    )
    assert fresh(own).trashed_at is not None
    assert fresh(others).trashed_at is None


@pytest.mark.parametrize(
    "address",
    [
        "/admin/blog/post/?created_by__password__startswith=a",
        "/admin/blog/post/?bylines__author__user__password__startswith=a",
        "/admin/blog/post/?created_by=1",
        "/admin/blog/post/?html__contains=a",
        "/admin/blog/image/?uploaded_by__password__startswith=a",
        "/admin/blog/tag/?taggings__content_object__body__contains=a",
        "/admin/accounts/author/?user__password__startswith=a",
        "/admin/accounts/author/?email__startswith=a",
        "/admin/accounts/user/?password__startswith=a",
        "/admin/accounts/user/?groups__permissions__name__startswith=a",
        "/admin/blog/post/?_to_field=created_by__password",
    ],
)
def test_no_column_can_be_asked_through_the_address(sign_in: SignIn, address: str) -> None:
    assert sign_in("administrator").get(address).status_code in (302, 400)
    assert b"pbkdf2" not in sign_in("administrator").get(address, follow=True).content


def test_popups_and_targets_of_foreign_columns_are_refused(sign_in: SignIn) -> None:
    client = sign_in("editor")
    answer = client.get("/admin/blog/series/add/?_popup=1&_to_field=description_html")
    assert answer.status_code == 400
    assert client.get("/admin/blog/series/add/?_popup=1").status_code == 200


def test_the_stock_autocomplete_gives_nothing_away(sign_in: SignIn) -> None:
    address = "/admin/autocomplete/?app_label=accounts&model_name=author&field_name=user&term=a"
    assert sign_in("contributor").get(address).status_code == 403


def test_a_contributor_sees_neither_mail_nor_login_of_an_author(sign_in: SignIn) -> None:
    author = an_author(name="Anna", email="anna@secret.example", user=UserFactory(username="annas-login"))
    client = sign_in("contributor")
    for address in ("/admin/accounts/author/", f"/admin/accounts/author/{author.pk}/change/"):
        page = client.get(address).content.decode()
        assert "Anna" in page
        assert "secret.example" not in page
        assert "annas-login" not in page


def test_an_administrator_makes_no_superuser_and_touches_none(sign_in: SignIn) -> None:
    root = UserFactory(is_superuser=True, is_staff=True, username="root")
    other, plain = UserFactory(role="administrator", username="other"), UserFactory(username="plain")
    client = sign_in("administrator")
    forged = {
        "username": "plain",
        "is_superuser": "on",
        "is_staff": "on",
        "is_active": "on",
        "user_permissions": "1",
    }
    for user in (plain, other):
        client.post(
            f"/admin/accounts/user/{user.pk}/change/", forged | {"username": user.username, "password": "x"}
        )
        assert not User.objects.get(pk=user.pk).is_superuser
        assert not User.objects.get(pk=user.pk).user_permissions.exists()
    assert client.post(f"/admin/accounts/user/{root.pk}/change/", forged).status_code == 403
    assert client.get(f"/admin/accounts/user/{root.pk}/password/").status_code == 403
    assert client.post(f"/admin/accounts/user/{root.pk}/delete/", {"post": "yes"}).status_code == 403
    client.post(
        "/admin/accounts/user/",
        {"action": "delete_selected", ACTION_CHECKBOX_NAME: [str(root.pk)], "post": "yes"},
    )
    assert User.objects.filter(pk=root.pk, is_superuser=True).exists()


@pytest.mark.parametrize("number", ["abc", "0", "99999999999999999999999", "1x", "١"])
@pytest.mark.parametrize("end", ["change/", "delete/", "history/", ""])
def test_a_number_that_is_none_is_no_post(sign_in: SignIn, number: str, end: str) -> None:
    answer = sign_in("editor").get(f"/admin/blog/post/{number}/{end}")
    assert answer.status_code in (302, 404)

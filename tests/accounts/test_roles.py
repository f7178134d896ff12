"""test_roles: the groups hold what the table says, whatever was done to them in between."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Group, Permission

from accounts.roles import ADMINISTRATOR, AUTHOR, CONTRIBUTOR, EDITOR, ROLES, apply_roles
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


def labels(group: Group) -> set[str]:
    rows = group.permissions.select_related("content_type")
    return {f"{row.content_type.app_label}.{row.codename}" for row in rows}


@pytest.mark.parametrize("role", ROLES)
def test_each_group_holds_its_row_and_every_name_in_it_is_a_permission(role: str) -> None:
    assert labels(Group.objects.get(name=role)) == ROLES[role]


def test_what_was_added_or_taken_by_hand_is_put_right() -> None:
    group = Group.objects.get(name=CONTRIBUTOR)
    group.permissions.add(Permission.objects.get(codename="delete_user"))
    group.permissions.remove(Permission.objects.get(codename="add_post"))
    apply_roles()
    assert labels(group) == ROLES[CONTRIBUTOR]


def test_each_role_may_what_the_one_before_it_may() -> None:
    assert ROLES[CONTRIBUTOR] < ROLES[AUTHOR] < ROLES[EDITOR] < ROLES[ADMINISTRATOR]


@pytest.mark.parametrize(
    ("role", "publishes", "edits_any", "keeps_people"),
    [
        (CONTRIBUTOR, False, False, False),
        (AUTHOR, True, False, False),
        (EDITOR, True, True, False),
        (ADMINISTRATOR, True, True, True),
    ],
)
def test_the_line_between_the_roles(role: str, publishes: bool, edits_any: bool, keeps_people: bool) -> None:
    user = UserFactory(role=role)
    assert user.has_perm("blog.publish_post") is publishes
    assert user.has_perm("blog.edit_any_post") is edits_any
    assert user.has_perm("accounts.change_user") is keeps_people

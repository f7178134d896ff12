"""test_changes: unpublished changes of a live post: worked on by several, published, scheduled, thrown away, never in the way."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from blog import changes, publishing
from blog.content import Content, prepare
from blog.errors import EditConflict, NotAllowed, NotPossible
from blog.models import Changes, Post, Revision
from tests.factories import a_post, a_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def post() -> Post:
    return a_post(title="Title", body="Body.", summary="Summary.")


def fresh(post: Post) -> Post:
    return Post.everything.get(pk=post.pk)


def said(post: Post, **fields: Any) -> Content:
    return replace(Content.of(fresh(post)), **fields)


def waiting(post: Post) -> Content:
    found = changes.of(post.pk)
    assert found is not None
    return Content.from_state(Revision.objects.get(post=post, number=found.revision).state)


def soon() -> Any:
    return timezone.now() + timedelta(hours=1)


def test_the_live_post_stays_as_it_is(post: Post) -> None:
    before = fresh(post)
    user = a_user(role="editor")
    changes.save(post.pk, said(post, body="New."), user, base=1, why="clearer")
    after = fresh(post)
    assert (after.body, after.html, after.revision, after.updated_at) == (
        before.body,
        before.html,
        before.revision,
        before.updated_at,
    )
    last = Revision.objects.filter(post=post)[0]
    assert (last.number, last.working, last.user, last.why) == (2, True, user, "clearer")
    assert waiting(post).body == "New."


def test_saving_the_same_begins_no_changes(post: Post) -> None:
    changes.save(post.pk, said(post), None, base=1)
    assert changes.of(post.pk) is None


def test_publishing_them_is_one_revision_with_their_reason(post: Post) -> None:
    changes.save(post.pk, said(post, body="New.", slug="new"), None, base=1, why="clearer")
    done = changes.publish(post.pk, None)
    assert (fresh(post).body, fresh(post).slug) == ("New.", "new")
    last = Revision.objects.filter(post=post)[0]
    assert (last.number, last.reason, last.why, done.revision) == (3, "changes published", "clearer", 3)
    assert changes.of(post.pk) is None


def test_two_people_work_on_the_same_changes(post: Post) -> None:
    changes.save(post.pk, said(post, body="Hers."), None, base=1)
    hers = waiting(post)
    changes.save(post.pk, replace(hers, title="His title"), None, base=2)
    changes.save(post.pk, replace(hers, summary="Her summary."), None, base=2)
    assert (waiting(post).title, waiting(post).summary, waiting(post).body) == (
        "His title",
        "Her summary.",
        "Hers.",
    )
    with pytest.raises(EditConflict) as problem:
        changes.save(post.pk, replace(hers, title="A third title"), None, base=2)
    assert set(problem.value.fields) == {"title"}
    assert problem.value.revision == 4


def test_what_was_saved_live_meanwhile_is_merged(post: Post) -> None:
    changes.save(post.pk, said(post, body="New."), None, base=1)
    publishing.save(post.pk, said(post, title="Live title"), None, base=1)
    changes.publish(post.pk, None)
    assert (fresh(post).title, fresh(post).body) == ("Live title", "New.")


def test_the_same_field_live_and_here_is_a_conflict_that_the_form_settles(post: Post) -> None:
    changes.save(post.pk, said(post, body="New."), None, base=1)
    publishing.save(post.pk, said(post, body="Live."), None, base=1)
    with pytest.raises(EditConflict) as problem:
        changes.publish(post.pk, None)
    assert fresh(post).body == "Live."
    settled = replace(waiting(post), body="Both.")
    changes.update_now(post.pk, settled, None, base=problem.value.revision)
    assert fresh(post).body == "Both."
    assert changes.of(post.pk) is None


def test_a_form_that_showed_them_publishes_them_with_its_own(post: Post) -> None:
    changes.save(post.pk, said(post, body="New."), None, base=1)
    changes.update_now(post.pk, replace(waiting(post), title="And this"), None, base=2)
    assert (fresh(post).title, fresh(post).body) == ("And this", "New.")


def test_a_form_older_than_the_changes_leaves_them_waiting(post: Post) -> None:
    opened = said(post)
    changes.save(post.pk, said(post, body="New."), None, base=1)
    changes.update_now(post.pk, replace(opened, title="Live title"), None, base=1)
    assert (fresh(post).title, fresh(post).body) == ("Live title", "Body.")
    assert waiting(post).body == "New."


def test_thrown_away_they_stay_in_the_history(post: Post) -> None:
    changes.save(post.pk, said(post, body="New."), None, base=1)
    changes.throw_away(post.pk, None)
    assert changes.of(post.pk) is None
    with pytest.raises(NotPossible, match="no unpublished changes any more"):
        changes.publish(post.pk, None)
    changes.bring_back(post.pk, 2, None)
    assert waiting(post).body == "New."
    assert Revision.objects.filter(post=post)[0].reason == "brought back from revision 2"


def test_only_a_live_post_has_them() -> None:
    draft = a_post(status="draft")
    with pytest.raises(NotAllowed, match="is not published"):
        changes.save(draft.pk, said(draft, body="New."), a_user(role="editor"), base=1)


# -- who may -------------------------------------------------------------------------------------


def test_a_contributor_writes_them_and_an_editor_publishes_them() -> None:
    user = a_user(role="contributor")
    post = a_post(body="Body.", user=user)
    with pytest.raises(NotAllowed):
        publishing.save(post.pk, said(post, body="New."), user, base=1)
    changes.save(post.pk, said(post, body="New."), user, base=1)
    refusals: list[Callable[[], object]] = [
        lambda: changes.publish(post.pk, user),
        lambda: changes.schedule(post.pk, user, soon()),
        lambda: changes.update_now(post.pk, waiting(post), user, base=2),
    ]
    for refused in refusals:
        with pytest.raises(NotAllowed, match="Ask an editor"):
            refused()
    changes.publish(post.pk, a_user(role="editor"))
    assert fresh(post).body == "New."


@pytest.mark.parametrize("role", ["contributor", "author"])
def test_nobody_writes_them_for_somebody_elses_post(post: Post, role: str) -> None:
    user = a_user(role=role)
    refusals: list[Callable[[], object]] = [
        lambda: changes.save(post.pk, said(post, body="New."), user, base=1),
        lambda: changes.bring_back(post.pk, 1, user),
    ]
    for refused in refusals:
        with pytest.raises(NotAllowed):
            refused()
    changes.save(post.pk, said(post, body="New."), None, base=1)
    with pytest.raises(NotAllowed):
        changes.throw_away(post.pk, user)


def test_an_author_publishes_the_changes_of_an_own_post() -> None:
    user = a_user(role="author")
    post = a_post(user=user)
    changes.save(post.pk, said(post, body="New."), user, base=1)
    changes.publish(post.pk, user)
    assert fresh(post).body == "New."


def test_what_an_editor_scheduled_nobody_else_slips_something_into() -> None:
    user = a_user(role="contributor")
    post = a_post(body="Body.", user=user)
    changes.save(post.pk, said(post, body="New."), user, base=1)
    changes.schedule(post.pk, a_user(role="editor"), soon())
    with pytest.raises(NotAllowed, match="are scheduled"):
        changes.throw_away(post.pk, user)
    changes.save(post.pk, replace(waiting(post), body="Slipped in."), user, base=2)
    found = changes.of(post.pk)
    assert found is not None
    assert found.at is None
    assert "someone who may not publish them" in found.trouble
    assert Post.rows.count() == 1


# -- the moment ------------------------------------------------------------------------------------


def test_only_a_moment_to_come_is_taken(post: Post) -> None:
    changes.save(post.pk, said(post, body="New."), None, base=1)
    with pytest.raises(NotPossible, match="The moment is past; choose a later one"):
        changes.schedule(post.pk, None, timezone.now())
    publishing.schedule_withdrawal(post.pk, None, timezone.now() + timedelta(minutes=5))
    with pytest.raises(NotPossible, match="withdrawn before that moment"):
        changes.schedule(post.pk, None, soon())


def test_taken_off_the_schedule_they_wait_again(post: Post) -> None:
    changes.save(post.pk, said(post, body="New."), None, base=1)
    changes.schedule(post.pk, None, soon())
    changes.unschedule(post.pk, None)
    assert fresh(post).replaced_at is None
    assert Post.rows.count() == 1
    assert waiting(post).body == "New."


SETTLE = {
    "published": lambda pk: changes.publish(pk, None),
    "thrown away": lambda pk: changes.throw_away(pk, None),
}


@pytest.mark.parametrize("how", SETTLE)
def test_nothing_comes_after_they_were_settled(post: Post, how: str, monkeypatch: pytest.MonkeyPatch) -> None:
    changes.save(post.pk, said(post, body="New."), None, base=1)
    changes.schedule(post.pk, None, soon())
    settle: Callable[[int], object] = SETTLE[how]
    settle(post.pk)
    later = timezone.now() + timedelta(hours=2)
    monkeypatch.setattr(timezone, "now", lambda: later)
    assert changes.take_over_due() == 0
    assert Post.objects.published().get().body == ("New." if how == "published" else "Body.")


def test_what_is_saved_live_meanwhile_comes_with_them(post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    changes.save(post.pk, said(post, body="New."), None, base=1)
    changes.schedule(post.pk, None, soon())
    publishing.save(post.pk, said(post, title="Live title"), None, base=1)
    assert Post.objects.published().get().body == "Body."
    later = timezone.now() + timedelta(hours=2)
    monkeypatch.setattr(timezone, "now", lambda: later)
    seen = Post.objects.published().get()
    assert (seen.title, seen.body) == ("Live title", "New.")


@pytest.mark.parametrize("who", ["editor", "import"])
def test_what_clashes_takes_them_off_the_schedule_and_says_so(post: Post, who: str) -> None:
    changes.save(post.pk, said(post, body="New."), None, base=1)
    changes.schedule(post.pk, None, soon())
    if who == "editor":
        publishing.save(post.pk, said(post, body="Live."), None, base=1)
    else:
        publishing.update_imported(post.pk, prepare(said(post, body="Live.")))
    found = Changes.objects.get(post=post)
    assert found.at is None
    assert found.trouble == "Not scheduled any more: the published post was changed in the same place (body)."
    assert (fresh(post).body, waiting(post).body) == ("Live.", "New.")
    assert Post.rows.count() == 1


def test_rendering_again_renders_what_is_to_come_too(post: Post) -> None:
    changes.save(post.pk, said(post, body="New."), None, base=1)
    changes.schedule(post.pk, None, soon())
    coming = Post.rows.get(successor_of=post)
    coming.html = "old"
    coming.save()
    assert publishing.render_again(post.pk)
    assert Post.rows.get(successor_of=post).html.strip() == "<p>New.</p>"


def test_a_relation_does_not_answer_for_readers(post: Post) -> None:
    with pytest.raises(TypeError, match="does not know successors"):
        a_user().posts.published()

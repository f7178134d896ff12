"""test_deciding: what becomes of an entry, by the first rule that applies, with its reason."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from importer.deciding import Decision, Known, Seen, decide, reject
from importer.entry import Entry, Rejected
from importer.identity import FIELDS, AliasKey, Rule, aliases, digest, field_digests

WHEN = datetime(2026, 5, 1, tzinfo=UTC)
OLD = Entry(
    1, "Title", "<p>Body</p>", guid="https://a.com/1", link="https://a.com/1", tags=("a",), published=WHEN
)
NEWER = replace(OLD, body="<p>Newer</p>")


def known(entry: Entry = OLD, **more: Any) -> dict[AliasKey, Known]:
    old = Known(
        **{
            "imported_entry_id": 7,
            "post_id": 70,
            "digest": digest(entry),
            "field_digests": field_digests(entry),
            "title": entry.title,
            "published": entry.published,
            **more,
        }
    )
    return {alias.key: old for alias in aliases(entry)}


def decision(entry: Entry, before: dict[AliasKey, Known], **more: Any) -> Decision:
    return decide(
        entry, digest(entry), aliases(entry), known=before, **{"rule": Rule(), "seen": Seen(), **more}
    )


def test_new() -> None:
    made = decision(OLD, {})
    assert (made.verdict, made.reason, made.fields) == ("created", "New.", frozenset(FIELDS))
    assert [alias.kind for alias in made.adds] == ["guid", "guid-path", "link", "title-date"]


def test_unchanged() -> None:
    made = decision(OLD, known())
    assert (made.verdict, made.reason, made.matched_by) == (
        "unchanged",
        "Nothing has changed since it last came; recognised by its id.",
        "guid",
    )
    assert made.fields == frozenset()


def test_updated_by_the_fields_that_changed() -> None:
    made = decision(replace(NEWER, tags=("b",)), known())
    assert (made.verdict, made.reason) == ("updated", "The text and tags changed at the source.")
    assert made.fields == {"text", "tags"}


def test_a_new_date_alone_moves_nothing() -> None:
    made = decision(replace(OLD, published=WHEN.replace(day=9)), known())
    assert (made.verdict, made.fields) == ("unchanged", frozenset())
    assert made.reason == "Only its date or id has changed, and a post keeps the date it was published with."


def test_newer_text_against_an_edited_text_is_proposed() -> None:
    made = decision(NEWER, known(edited_fields=frozenset({"text"})))
    assert (made.verdict, made.fields, made.conflicts) == ("kept", frozenset(), frozenset({"text"}))
    assert made.reason == (
        "The text changed at the source and was edited here: the edit stays, and the source's newer text waits as a "
        "proposed revision."
    )


def test_a_text_that_does_not_merge_is_a_conflict() -> None:
    made = decision(
        NEWER, known(edited_fields=frozenset({"text"})), clashes=lambda old, fields: fields == {"text"}
    )
    assert made.verdict == "conflict"
    assert made.reason.endswith("and the two do not merge: the newer text waits as a proposed revision.")


@pytest.mark.parametrize("field", ["tags", "bylines", "title", "summary", "cover"])
def test_mending_something_else_never_blocks_newer_text(field: str) -> None:
    made = decision(NEWER, known(edited_fields=frozenset({field})))
    assert (made.verdict, made.fields) == ("updated", frozenset({"text"}))


def test_what_was_not_edited_is_written_beside_a_proposal() -> None:
    made = decision(replace(NEWER, tags=("b",)), known(edited_fields=frozenset({"text"})))
    assert (made.verdict, made.fields, made.conflicts) == ("kept", frozenset({"tags"}), frozenset({"text"}))


def test_an_edit_with_nothing_new_at_the_source_is_unchanged() -> None:
    assert decision(OLD, known(edited_fields=frozenset({"text"}))).verdict == "unchanged"


@pytest.mark.parametrize("entry", [OLD, NEWER])
def test_what_was_deleted_for_good_stays_so(entry: Entry) -> None:
    made = decision(entry, known(post_id=None), twin=5)
    assert (made.verdict, made.reason) == ("buried", "The post was deleted here for good and stays deleted.")


def test_what_is_in_the_trash_stays_there() -> None:
    made = decision(NEWER, known(trashed=True))
    assert (made.verdict, made.fields) == ("buried", frozenset())
    assert (
        made.reason
        == "The post is in the trash and stays there; restore it to let the source update it again."
    )


def test_a_twin_from_another_source_is_linked() -> None:
    made = decision(OLD, {}, twin=5)
    assert (made.verdict, made.twin, made.fields) == ("duplicate", 5, frozenset())
    assert (
        made.reason
        == "A post with the same title and text came from another source; the entry is linked to it."
    )
    assert made.adds != ()


def test_another_sources_post_is_updated_by_that_source_alone() -> None:
    made = decision(NEWER, known(shared=True))
    assert (made.verdict, made.fields) == ("unchanged", frozenset())


def test_a_repeat_in_one_document_is_a_duplicate_in_every_run() -> None:
    for before in ({}, known()):
        seen = Seen()
        seen.note(OLD, digest(OLD), decision(OLD, before, seen=seen))
        made = decision(replace(OLD, position=9), before, seen=seen)
        assert (made.verdict, made.repeats) == ("duplicate", 1)
        assert made.reason == "The same as entry 1 of this document, word for word."


def test_a_changed_guid_is_recognised_by_the_link_and_learnt() -> None:
    made = decision(replace(NEWER, guid="new"), known())
    assert (made.verdict, made.matched_by) == ("updated", "link")
    assert [(alias.kind, alias.value) for alias in made.adds] == [("guid", "new")]


def test_a_guid_that_moved_host_is_recognised() -> None:
    made = decision(replace(OLD, guid="http://b.org/1", link="http://b.org/1"), known())
    assert (made.matched_by, made.verdict) == ("guid-path", "updated")


def test_a_bad_alias_recognises_nothing() -> None:
    other = Entry(2, "Other", "<p>Other</p>", guid="https://a.com/1", link="https://a.com/1")
    bad = frozenset(alias.key for alias in aliases(other) if alias.kind in ("guid", "guid-path", "link"))
    assert decision(other, known(), rule=Rule(bad)).verdict == "created"


def test_two_entries_of_a_link_list_that_point_at_one_page_are_two() -> None:
    later = Entry(
        1, "Once more", "<p>y</p>", guid="2", link="https://a.com/1", published=WHEN.replace(month=9)
    )
    assert decision(later, known()).verdict == "created"


def test_no_entry_takes_what_another_of_the_same_document_took() -> None:
    seen = Seen(taken={7: 1})
    assert decision(replace(NEWER, guid="new"), known(), seen=seen).verdict == "created"


def test_fields_that_are_not_known_are_all_written() -> None:
    assert decision(NEWER, known(field_digests={})).fields == frozenset(FIELDS)


def test_a_title_is_learnt_for_the_day_when_the_guid_proves_bad() -> None:
    entry = Entry(1, "Title", "x", guid="1")
    made = decision(entry, {})
    assert [alias.kind for alias in made.adds] == ["guid", "title"]
    bad = frozenset({aliases(entry)[0].key})
    assert decision(entry, known(entry), rule=Rule(bad)).matched_by == "title"


def test_rejected() -> None:
    assert reject(Rejected(3, "T", "It is cut off.")) == Decision("rejected", "It is cut off.")

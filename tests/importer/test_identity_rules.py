"""test_identity_rules: a name that stands on different entries identifies nothing, and is remembered as such."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from importer.entry import Entry
from importer.identity import Named, Rule, aliases, ambiguous, bad_guid_share, digest, rule_for


def named(*given: Entry) -> list[Named]:
    return [Named(digest(entry), aliases(entry)) for entry in given]


def entry(position: int, **fields: Any) -> Entry:
    return Entry(**{"position": position, "title": f"Title {position}", "body": "x", **fields})


def good(rule: Rule, given: Entry) -> list[str]:
    return [alias.kind for alias in rule.good(aliases(given))]


def test_one_guid_and_one_link_on_every_entry_leave_title_and_date() -> None:
    given = [
        entry(n, guid="https://a.com/u/", link="https://a.com/u/", published=datetime(2026, 1, n, tzinfo=UTC))
        for n in range(1, 31)
    ]
    rule = rule_for(named(*given))
    assert {tuple(good(rule, one)) for one in given} == {("title-date",)}
    assert rule.warnings == (
        "One id stands on several different entries of this source and is not used to recognise them.",
        "One link stands on several different entries of this source and is not used to recognise them.",
        "100% of the ids in this source are shared by different entries, so ids are not used to recognise its entries; "
        "links, and titles with dates, are.",
    )


def test_several_shared_names_are_told_in_good_words() -> None:
    given = [entry(n, guid=str(n % 2), link=f"https://a.com/{n}") for n in range(1, 5)]
    assert rule_for(named(*given)).warnings[0] == (
        "2 ids stand on several different entries each in this source and are not used to recognise them."
    )


def test_the_same_entry_twice_is_no_ambiguity() -> None:
    same = {"title": "T", "guid": "1"}
    assert ambiguous(named(entry(1, **same), entry(2, **same))) == frozenset()


def test_entries_that_differ_by_the_fragment_alone_keep_it() -> None:
    one, two = entry(1, link="https://a.com/log#v1"), entry(2, link="https://a.com/log#v2")
    rule = rule_for(named(one, two))
    values = [alias.value for given in (one, two) for alias in rule.good(aliases(given))]
    assert values == ["a.com/log#v1", "a.com/log#v2"]


def test_what_was_ambiguous_once_stays_so() -> None:
    first = rule_for(named(entry(1, guid="1"), entry(2, guid="1")))
    alone = entry(3, guid="1")
    later = rule_for(named(alone), first.bad)
    assert good(later, alone) == ["title", "title-text"]


def test_few_shared_guids_leave_the_others_trusted() -> None:
    given = [entry(n, guid=str(max(n, 2))) for n in range(1, 51)]
    rule = rule_for(named(*given))
    assert bad_guid_share(named(*given), rule.bad) == 0.04
    assert (rule.trusts_guids, good(rule, given[9])[0], good(rule, given[0])[0]) == (True, "guid", "title")


def test_many_shared_guids_make_the_source_step_down() -> None:
    given = [entry(n, guid=str(max(n, 2)), link=f"https://a.com/{n}") for n in range(1, 11)]
    rule = rule_for(named(*given))
    assert good(rule, given[9]) == ["link"]
    assert rule.warnings[-1].startswith("20% of the ids in this source are shared by different entries")


def test_a_source_that_stepped_down_stays_down() -> None:
    one = entry(1, guid="1", link="https://a.com/1")
    assert good(rule_for(named(one), steps_down=True), one) == ["link"]


def test_a_title_counts_only_where_nothing_better_exists() -> None:
    rule = rule_for([])
    assert good(rule, entry(1, guid="1")) == ["guid"]
    assert good(rule, entry(1)) == ["title", "title-text"]


def test_repeated_titles_are_told_apart_by_their_text() -> None:
    given = [entry(1, title="Weekly", body="a"), entry(2, title="Weekly", body="b"), entry(3)]
    rule = rule_for(named(*given))
    assert [good(rule, one) for one in given] == [["title-text"], ["title-text"], ["title", "title-text"]]

"""test_cases: the sixty bad inputs, each with the tests that hold it; a case without a test, or a test that is gone, fails here."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path

import pytest

TESTS = Path(__file__).parents[1]
# What the case is, and its tests: in this folder where no other is named.
CASES: Mapping[int, tuple[str, tuple[str, ...]]] = {
    # bytes and shape
    1: ("an empty file", ("bytes_and_shape::what_is_no_document_leaves_nothing",)),
    2: ("nothing but white space", ("bytes_and_shape::what_is_no_document_leaves_nothing",)),
    3: (
        "a web page instead of a feed",
        (
            "bytes_and_shape::a_sign_in_page_is_named_and_its_feed_is_not_followed",
            "bytes_and_shape::what_is_no_document_leaves_nothing",
        ),
    ),
    4: (
        "a PDF, a picture, noise",
        ("bytes_and_shape::what_is_no_document_leaves_nothing", "bytes_and_shape::random_bytes"),
    ),
    5: (
        "a gzip file",
        ("bytes_and_shape::a_packed_file_is_read", "bytes_and_shape::what_is_no_document_leaves_nothing"),
    ),
    6: (
        "XML of another kind",
        (
            "bytes_and_shape::a_document_of_another_kind_is_named",
            "bytes_and_shape::what_is_no_document_leaves_nothing",
        ),
    ),
    7: ("a feed without items", ("bytes_and_shape::a_feed_without_entries",)),
    8: (
        "cut in the middle of an item",
        (
            "bytes_and_shape::a_document_that_is_cut_keeps_its_whole_entries_and_no_half_one",
            "bytes_and_shape::a_document_cut_in_its_third_entry_is_told_so",
        ),
    ),
    9: (
        "cut in CDATA, cut JSON",
        (
            "bytes_and_shape::a_document_that_is_cut_keeps_its_whole_entries_and_no_half_one",
            "bytes_and_shape::json_that_is_cut_brings_nothing",
        ),
    ),
    10: ("NUL and control characters", ("bytes_and_shape::control_characters_are_taken_out",)),
    11: (
        "a path to what is no readable file",
        (
            "bytes_and_shape::what_is_not_there_and_what_has_nothing_in_it",
            "bytes_and_shape::what_may_not_be_read",
            "bytes_and_shape::a_named_pipe_that_nobody_writes_into",
            "bytes_and_shape::a_device_without_end",
            "bytes_and_shape::a_name_that_no_file_has",
        ),
    ),
    12: (
        "a file that changes while it is read",
        (
            "bytes_and_shape::a_file_that_changes_once_is_read_as_it_then_is",
            "bytes_and_shape::a_file_that_keeps_changing",
            "importer/wordpress_long::a_change_while_it_is_read",
        ),
    ),
    # encodings
    13: ("UTF-8 with its mark", ("encodings::the_text_is_exact",)),
    14: ("UTF-16 with and without its mark", ("encodings::the_text_is_exact",)),
    15: ("declared UTF-8, is windows-1252", ("encodings::a_wrong_or_missing_label_is_found_out_and_told",)),
    16: (
        "the server and the document disagree",
        ("encodings::file_and_address_give_the_same_text_whatever_the_server_says",),
    ),
    17: ("windows-1251, KOI8-R, GB18030, Shift-JIS, ISO-8859-9", ("encodings::the_text_is_exact",)),
    18: (
        "an unknown label",
        (
            "encodings::a_label_that_no_document_can_have",
            "encodings::an_unknown_label_over_bytes_that_need_one_is_told",
        ),
    ),
    19: (
        "entities twice escaped, and HTML's in XML",
        ("encodings::entities_in_a_title", "encodings::entities_that_xml_does_not_know_in_a_body"),
    ),
    20: (
        "half characters, emoji, right to left, combining marks",
        (
            "encodings::what_unicode_holds_comes_through_page_and_feed",
            "encodings::a_lone_surrogate_in_json_is_taken_out",
            "encodings::characters_that_are_none_are_taken_out",
        ),
    ),
    # structure
    21: (
        "billion laughs",
        ("structure::a_bomb_of_entities_is_refused_at_once", "structure::a_bomb_costs_no_memory"),
    ),
    22: ("a quadratic entity", ("structure::a_bomb_of_entities_is_refused_at_once",)),
    23: (
        "an external entity or DTD",
        (
            "structure::nothing_outside_is_drawn_in",
            "structure::an_outer_dtd_and_an_xinclude_are_passed_over",
        ),
    ),
    24: (
        "elements nested without end",
        (
            "structure::what_is_too_deep_or_too_wide_costs_itself",
            "structure::a_body_at_the_edge_is_shown_at_the_cost_of_an_ordinary_one",
        ),
    ),
    25: ("20,000 attributes", ("structure::what_is_too_deep_or_too_wide_costs_itself",)),
    26: ("undeclared prefixes, wrong and mixed versions", ("structure::feeds_that_break_the_rules_come_in",)),
    27: (
        "bare ampersands, unclosed tags",
        (
            "structure::feeds_that_break_the_rules_come_in",
            "structure::a_field_that_is_never_closed_loses_nothing",
        ),
    ),
    28: (
        "JSON Feed with wrong types",
        ("structure::good_items_come_in_and_bad_ones_are_listed", "structure::no_list_of_items"),
    ),
    29: ("doubled keys, depth, NaN, endless numbers", ("structure::json_that_is_odd",)),
    # identity
    30: ("run twice", ("identity::the_second_and_third_run_change_no_row",)),
    31: (
        "one guid on every item",
        (
            "identity::one_guid_on_all_entries_names_none_and_that_is_told",
            "identity::one_guid_one_link_one_title_one_date",
        ),
    ),
    32: ("no guid and no link", ("identity::no_guid_and_no_link",)),
    33: ("the same guid with another text", ("identity::newer_words_come_in_and_an_edit_here_stays",)),
    34: ("guids that nearly agree", ("identity::guids_that_nearly_agree",)),
    35: ("very long guid, link, title", ("identity::names_of_any_length",)),
    36: ("one title twice on one day", ("identity::one_title_twice_on_one_day",)),
    37: (
        "one feed by file and by address, as RSS and as Atom",
        (
            "identity::one_source_by_file_and_by_address",
            "identity::rss_and_atom_of_one_site_make_one_post_each",
        ),
    ),
    # dates
    38: ("no date that can be read", ("dates::what_is_no_date_leaves_the_entry_undated_for_good",)),
    39: ("years that cannot be", ("dates::what_is_no_date_leaves_the_entry_undated_for_good",)),
    40: ("a future date", ("dates::a_future_date_is_public_at_no_place_before_its_time",)),
    41: (
        "zones, none, gaps, leap seconds",
        ("dates::a_date_is_the_moment_it_means", "dates::a_date_without_a_zone_is_in_the_sites_own"),
    ),
    # HTML
    42: (
        "script in every form",
        ("html::nothing_runs_and_the_words_stay", "html::cleaning_again_changes_nothing"),
    ),
    43: (
        "markup that changes when it is read again",
        ("html::nothing_runs_and_the_words_stay", "html::cleaning_again_changes_nothing"),
    ),
    44: (
        "relative addresses",
        ("html::relative_addresses_become_absolute", "html::without_any_base_it_is_told"),
    ),
    45: (
        "one very long body",
        (
            "html::a_long_body_is_stored_whole_and_found",
            "html::a_body_of_twenty_megabytes_is_stored_or_refused_by_a_stated_rule",
            "html::the_work_on_a_body_grows_with_its_length",
        ),
    ),
    # size
    46: (
        "50,000 items, 200 MB",
        (
            "size::fifty_thousand_entries",
            "size::a_file_of_two_hundred_megabytes",
            "importer/wordpress_long::two_hundred_megabytes",
            "importer/progress::a_terminal_sees_how_far_it_is_and_how_long_the_rest_takes",
        ),
    ),
    47: (
        "very many tags and people",
        (
            "size::ten_thousand_tags_and_people_over_a_source",
            "size::an_entry_with_very_many_tags",
            "size::odd_tags_and_names",
        ),
    ),
    48: (
        "1,000 sources in a row",
        ("size::a_thousand_sources_in_a_row", "size::no_file_stays_open"),
    ),
    # the database
    49: (
        "kill -9 at 100 moments",
        ("database_faults::killed_at_a_hundred_moments", "database_faults::killed_on_sqlite"),
    ),
    50: (
        "a connection that is cut",
        ("importer/command_database::a_connection_that_is_cut_is_taken_up_again",),
    ),
    51: ("Postgres restarts", ("database_faults::a_server_that_restarts",)),
    52: (
        "a read-only database",
        (
            "database_faults::a_database_made_read_only_under_an_import",
            "importer/command_database::a_database_that_is_read_only",
        ),
    ),
    53: (
        "a full disk",
        (
            "database_faults::a_full_disk_under_sqlite",
            "database_faults::a_full_disk_under_postgres",
            "database_faults::a_full_disk_under_the_pictures",
            "database_faults::a_report_that_finds_no_room",
        ),
    ),
    54: (
        "two and eight runs at once",
        (
            "importer/command_database::two_runs_at_once_make_one_post_each",
            "database_faults::eight_runs_at_once",
            "database_faults::three_runs_at_once_on_sqlite",
        ),
    ),
    55: (
        "an editor at work beside it",
        (
            "database_faults::an_editor_saves_while_newer_text_comes_in",
            "database_faults::people_are_deleted_while_their_posts_come_in",
        ),
    ),
    56: (
        "a database that is away or behind",
        (
            "importer/command_database::a_database_that_is_away",
            "importer/command_database::a_database_that_was_never_migrated",
            "database_faults::a_database_that_takes_the_call_and_is_silent",
            "database_faults::a_database_that_is_half_migrated",
        ),
    ),
    # the network
    57: (
        "no name, no answer, no certificate, no document",
        (
            "network::a_name_that_nobody_knows",
            "network::a_port_where_nobody_listens",
            "network::a_certificate_that_does_not_hold",
            "network::an_answer_that_brings_no_document",
        ),
    ),
    58: (
        "answers without end, and cut ones",
        (
            "network::an_answer_that_never_ends_is_given_up",
            "network::the_usual_patience_is_under_thirty_seconds",
            "network::what_is_not_whole_is_not_taken",
        ),
    ),
    59: (
        "circles, redirects inside, bombs, 304",
        (
            "network::a_circle",
            "network::too_many_hops",
            "network::a_redirect_inside",
            "network::a_redirect_from_tls_to_none",
            "exhaustion::a_gigabyte_costs_no_memory",
            "importer/fetching_bombs::a_bomb_is_stopped_at_the_cap",
            "importer/polling_answers::marks_come_back_with_the_question_and_304_is_no_news",
        ),
    ),
    60: (
        "interrupts, a reader who leaves, no memory, no files",
        (
            "exhaustion::an_interrupt_finishes_what_is_in_hand",
            "exhaustion::few_open_files",
            "exhaustion::little_memory",
            "exhaustion::nobody_listens",
            "importer/command_interrupted::a_reader_of_our_words_may_leave",
        ),
    ),
}


@lru_cache
def functions_of(path: Path) -> frozenset[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return frozenset(node.name for node in tree.body if isinstance(node, ast.FunctionDef))


def named(test: str) -> tuple[Path, str]:
    place, _, name = test.partition("::")
    folder, _, file = place.rpartition("/")
    return TESTS / (folder or "battery") / f"test_{file}.py", f"test_{name}"


def told() -> Iterator[tuple[int, str]]:
    for number, (_, tests) in CASES.items():
        yield from ((number, test) for test in tests)


def test_there_are_sixty_cases() -> None:
    assert list(CASES) == list(range(1, 61))
    assert len({what for what, _ in CASES.values()}) == 60


@pytest.mark.parametrize(("number", "test"), list(told()))
def test_each_case_has_its_test(number: int, test: str) -> None:
    path, name = named(test)
    assert name in functions_of(path), f"{CASES[number][0]}: {test}"

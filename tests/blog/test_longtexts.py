"""test_longtexts: what goes to Postgres in lists comes back as it was, and is written as its driver writes it."""

from __future__ import annotations

import json

import pytest
from django.db import DataError, connection
from hypothesis import given
from hypothesis import strategies as st
from psycopg.adapt import PyFormat, Transformer
from psycopg.types.array import ListDumper
from psycopg.types.json import Jsonb

from blog.longtexts import LongTexts

ODD = ['"', "\\", '\\"', "{}", ",", "NULL", "", " ", "\n", "é🙂", "'; DROP", "a\\\\b", '{"a": "b"}']
texts = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]))


def as_array(dumper: type[ListDumper], values: list[object]) -> bytes:
    transformer = Transformer()
    return bytes(dumper(list, transformer).upgrade(values, PyFormat.TEXT).dump(values) or b"")


def elements(array: bytes) -> list[str]:
    """What Postgres reads in it, where everything is quoted."""
    quoted = array.decode()[1:-1]
    return [str(one) for one in json.loads(f"[{quoted}]", strict=False)] if quoted else []


@given(st.lists(texts, min_size=1))
def test_every_text_is_quoted_and_marked(values: list[str]) -> None:
    assert elements(as_array(LongTexts, list(values))) == values


@given(st.lists(st.one_of(st.none(), st.integers(), st.lists(st.integers(), min_size=1)), min_size=1))
def test_other_lists_are_left_to_the_driver(values: list[object]) -> None:
    if len({type(one) for one in values if one is not None}) <= 1:
        assert as_array(LongTexts, values) == as_array(ListDumper, values)


@pytest.mark.postgres
@pytest.mark.django_db
def test_they_come_back_as_they_were() -> None:
    jsons = [{"text": one, "more": [one, None, 1.5]} for one in ODD]
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s::text[], to_jsonb(%s::jsonb[])", [ODD, list(map(Jsonb, jsons))])
        row = cursor.fetchone()
    assert row is not None
    assert row[0] == ODD
    assert (json.loads(row[1]) if isinstance(row[1], str) else row[1]) == jsons


@pytest.mark.postgres
@pytest.mark.django_db
def test_our_connections_write_them_so_and_still_refuse_nul() -> None:
    assert connection.connection.adapters.get_dumper(list, PyFormat.TEXT) is LongTexts
    with connection.cursor() as cursor, pytest.raises((DataError, ValueError), match="NUL"):
        cursor.execute("SELECT %s::text[]", [["a\0b"]])

"""test_raw_sql: every statement that we write by hand is made of constants, and what a person said is its parameter."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.factories import PostFactory

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("accounts", "blog", "config", "deploy", "importer")

# Where a statement is put together from parts, each looked at: the parts are constants of the same file.
PUT_TOGETHER = {
    "blog/neighbours.py": {'" UNION ALL ".join(self._parts)'},
    # posts: which ones may be found, as Django itself writes a queryset down; its values are parameters.
    "blog/search/postgres.py": {"_VECTOR", "asked", "unwanted", "posts"},
    "blog/search/sqlite.py": {"posts"},
    "blog/migrations/0003_search.py": {
        'POSTGRES if schema_editor.connection.vendor == "postgresql" else SQLITE',
        'POSTGRES_BACK if schema_editor.connection.vendor == "postgresql" else SQLITE_BACK',
    },
    "deploy/local/postgres.py": {'sql.SQL("CREATE DATABASE {}").format(sql.Identifier(database))'},
}
# Ways into SQL that we do without.
SHUNNED = ("RawSQL", "raw", "extra", "RunSQL", "mogrify", "executescript")
SHUNNED_IN_MIGRATIONS = ("RawSQL", "raw", "extra")


def _files() -> Iterator[Path]:
    for room in ROOMS:
        yield from sorted((ROOT / room).rglob("*.py"))


def _calls(path: Path) -> Iterator[ast.Call]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Call):
            yield node


def _name(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def _constants(path: Path) -> set[str]:
    """Names in capitals that the file itself gives a text, once."""
    tree = ast.parse(path.read_text())
    return {
        target.id
        for node in tree.body
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name) and target.id.isupper()
    }


def _parts(statement: ast.expr) -> Iterator[str]:
    """What of a statement is no constant text, as source."""
    match statement:
        case ast.Constant(value=str()):
            return
        case ast.JoinedStr(values=values):
            for value in values:
                if isinstance(value, ast.FormattedValue):
                    yield ast.unparse(value.value)
        case _:
            yield ast.unparse(statement)


STATEMENTS = [
    (path.relative_to(ROOT).as_posix(), call)
    for path in _files()
    for call in _calls(path)
    if _name(call) in ("execute", "executemany")
]


def test_there_are_some() -> None:
    assert len(STATEMENTS) >= 6


@pytest.mark.parametrize(("file", "call"), STATEMENTS, ids=lambda one: one if isinstance(one, str) else "")
def test_a_statement_is_constant(file: str, call: ast.Call) -> None:
    parts = set(_parts(call.args[0])) - _constants(ROOT / file)
    told = {part.replace("'", '"') for part in parts}
    assert told <= PUT_TOGETHER.get(file, set())


@pytest.mark.parametrize("file", sorted({path.relative_to(ROOT).as_posix() for path in _files()}))
def test_no_other_way_into_sql(file: str) -> None:
    shunned = SHUNNED_IN_MIGRATIONS if "/migrations/" in file else SHUNNED
    # `raw` and `extra` are ways into SQL where they are asked of something; functions of these names are none.
    found = [
        ast.unparse(call)[:100]
        for call in _calls(ROOT / file)
        if _name(call) in shunned and (isinstance(call.func, ast.Attribute) or _name(call)[0].isupper())
    ]
    assert found == []


def test_parts_of_the_neighbours_are_constants_and_numbers_of_our_own() -> None:
    """`add` formats words into its text: each comes from the file itself."""
    path = ROOT / "blog/neighbours.py"
    constants = _constants(path)
    for call in _calls(path):
        if _name(call) == "add" and call.args and ast.unparse(call.func) == "question.add":
            assert ast.unparse(call.args[0]) in constants
            for word in call.keywords:
                assert isinstance(word.value, ast.Constant) or ast.unparse(word.value) == "skipped"


@pytest.mark.django_db
@pytest.mark.parametrize("said", ["' OR '1'='1", "xyzzy", '"; DROP TABLE x', "x') UNION SELECT 1 --"])
def test_what_a_reader_says_stands_in_no_statement(client: Client, said: str) -> None:
    PostFactory(title="Words", tags=["x"])
    seen: list[str] = []

    def watch(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        seen.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(watch), CaptureQueriesContext(connection):
        for path in ("/search/", "/", "/posts/words/", "/tags/x/", "/feed.json", "/nothing/xyzzy/"):
            client.get(path, {"q": said, "page": said, "order": said, "o": said, "tags__name": said})
        client.get("/posts/xyzzy/")
        client.get("/tags/xyzzy/feed.rss")
        client.get("/preview/xyzzy/")
    assert len(seen) > 10
    assert [
        sql for sql in seen if "xyzzy" in sql or "DROP" in sql or "'1'='1" in sql or "SELECT 1 --" in sql
    ] == []

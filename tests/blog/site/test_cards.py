"""test_cards: a post without a cover has a drawn picture where its address is shared; its address changes with what it says."""

from __future__ import annotations

import io

import pytest
from django.test import Client
from PIL import Image

from blog import cards, publishing
from blog.cards.drawing import HEIGHT, WIDTH, can_draw, draw
from tests.factories import a_post

SITE = "https://masthead.example"


def test_a_card_is_drawn_whatever_the_length() -> None:
    for title, people in (
        ("A", ""),
        ("Заметки: «Туман»", "Анна"),
        ("word " * 300, "x" * 900),
        ("w" * 500, "и" * 90),
    ):
        drawn = draw(title, people, "Paper")
        with Image.open(io.BytesIO(drawn)) as card:
            assert (card.size, card.format) == ((WIDTH, HEIGHT), "PNG")
        assert len(drawn) < 60_000


def test_other_words_are_another_picture() -> None:
    assert draw("One", "Anna", "Paper") == draw("One", "Anna", "Paper")
    assert (
        len({draw("One", "Anna", "Paper"), draw("Two", "Anna", "Paper"), draw("One", "Boris", "Paper")}) == 3
    )


@pytest.mark.parametrize(
    ("title", "can"), [("Hello 🙂", True), ("Привет", True), ("日本語", False), ("…!", False)]
)
def test_what_the_fonts_can_say(title: str, can: bool) -> None:
    assert can_draw(title) is can


@pytest.mark.django_db
def test_the_page_names_its_card_and_the_card_is_there(client: Client) -> None:
    post = a_post(title="One", authors=["Anna"])
    path = cards.address(post)
    page = client.get(post.get_absolute_url()).content.decode()
    assert f'<meta property="og:image" content="{SITE}{path}">' in page
    assert '<meta property="og:image:width" content="1200">' in page
    answer = client.get(path)
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "image/png")
    assert "immutable" in answer.headers["Cache-Control"]


@pytest.mark.django_db
def test_no_other_card_is_drawn(client: Client) -> None:
    post = a_post(title="One")
    path = cards.address(post)
    assert client.get("/posts/one/card-000000000000.png").status_code == 404
    publishing.withdraw(post.pk, None)
    assert client.get(path).status_code == 404


@pytest.mark.django_db
def test_a_title_that_cannot_be_drawn_has_none(client: Client) -> None:
    page = client.get(a_post(title="日本語").get_absolute_url()).content.decode()
    assert "og:image" not in page

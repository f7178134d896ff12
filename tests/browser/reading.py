"""reading: a small whole site for a browser to read, and the pages to look at."""

from __future__ import annotations

from typing import Literal

from blog.models import Image
from tests.factories import PageFactory, PostFactory, SeriesFactory, an_author, many_posts

Scheme = Literal["light", "dark"]

BODY = """An introduction with [a link](https://example.org/), `code`, **strong** words and a note.[^1]

## A listing

```python
def hello(name: str) -> str:
    # A comment that says why
    return f"Hello, {name}: {42 + 1}"
```

## A drawing

```
┌──────────────────────────────────────────────────────────────────────────────────────────┐
│ A box that is wider than any telephone and still must not make the page scroll sideways. │
└──────────────────────────────────────────────────────────────────────────────────────────┘
```

## A table

| Method | Key improvement of it | Limitation | Requests | Of all |
|:-------|:---------------------:|------------|---------:|-------:|
| One    | Removes the bias      | Minor gain |    1,024 |   51 % |
| Two    | Clips the ratio       | Needs care |      998 |   49 % |

### Tasks

- [x] done
- [ ] to do

> A quotation of some length, to see how it stands.

![A picture that is not here](https://pictures.example/lake.png)

<iframe src="https://www.youtube.com/embed/dQw4w9WgXcQ" title="A film"></iframe>

A_very_long_word_that_no_line_can_hold_because_nobody_ever_put_a_space_or_a_hyphen_into_it_anywhere_at_all.

[^1]: The note.
"""

PAGES = (
    "/",
    "/?page=2",
    "/posts/everything-there-is/",
    "/posts/русский-текст/".replace("русский-текст", "russkii-tekst"),
    "/pages/about/",
    "/tags/",
    "/tags/rust/",
    "/authors/",
    "/authors/anna-smith/",
    "/series/a-story/",
    "/archive/",
    "/archive/2026/",
    "/search/",
    "/search/?q=introduction",
    "/search/?q=zebra",
    "/search/?q=introdcution",
    "/nothing/introduction-to-it/",
)


def a_whole_site() -> None:
    """Posts of every kind; the one with everything stands at /posts/everything-there-is/."""
    anna = an_author(
        name="Anna Smith",
        bio="Writes about https://www.rust-lang.org and more.",
        website="https://example.org/",
    )
    boris = an_author(name="Борис Петров")
    series = SeriesFactory(title="A story", description="In parts.")
    image = Image.objects.create(
        file="images/ab/abcdef0123456789.webp", sha256="ab" * 32, width=1200, height=800, size=9, alt="A lake"
    )
    many_posts(30, authors=[anna], tags=["rust"])
    PostFactory(
        title="With a cover", cover=image, authors=[boris], tags=["rust"], published_at="2026-06-01T10:00:00Z"
    )
    PostFactory(title="Part one", series=series, series_position=1, published_at="2026-05-01T10:00:00Z")
    PostFactory(title="Undated", dated=False, authors=[boris])
    PostFactory(
        title="Русский текст", language="ru", body="Введение в предмет, на русском языке.", authors=[boris]
    )
    PostFactory(
        title="Everything there is",
        summary="A summary that an author wrote for those who only look.",
        body=BODY,
        authors=[anna, (boris, "translator")],
        tags=["rust", "C++"],
        series=series,
        series_position=2,
        cover_url="https://pictures.example/cover.png",
        origin_url="https://old.example/everything",
        published_at="2026-05-07T10:00:00Z",
        updated_at="2026-05-20T10:00:00Z",
    )
    PageFactory(title="About", body="Who we are.\n\n## One\n\nA\n\n## Two\n\nB\n\n## Three\n\nC")

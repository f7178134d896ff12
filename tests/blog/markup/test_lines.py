"""test_lines: a preview's blocks say which line of the text they began on, and nothing else differs from the page."""

from __future__ import annotations

import re

from blog import markup

BODY = """# Opening

One
paragraph

## A heading

- a
- b
  - c

> quoted

| a | b |
|---|---|
| 1 | 2 |

```python
x = 1
```

<div data-line="99">raw</div>

A note[^1] and ![a picture](/media/x.png)

[^1]: Here.
"""


def test_blocks_name_their_lines() -> None:
    html = markup.render(BODY, "markdown", lines=True).html
    assert '<h2 data-line="0" class="subtitle">' in html
    assert '<p data-line="2">One' in html
    assert '<h2 data-line="5" id="at-a-heading">' in html
    assert '<li data-line="9">c</li>' in html
    assert '<code data-line="17" class="language-python">' in html


def test_but_for_the_lines_it_is_the_page() -> None:
    html = markup.render(BODY, "markdown", lines=True).html
    bare = markup.render(BODY, "markdown").html
    assert re.sub(r' data-line="\d+"', "", html) == bare
    assert "data-line" not in bare


def test_html_has_no_lines() -> None:
    assert "data-line" not in markup.render("<p>One</p>", "html", lines=True).html

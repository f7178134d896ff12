"""test_markdown_bodies: what generators write into Markdown becomes Markdown; code is left alone, the unknown stays and is named."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.importer.markdowns import body, one
from tests.work import grows_no_faster_than_linear

YOUTUBE = '<iframe src="https://www.youtube-nocookie.com/embed/abc_-123" allowfullscreen></iframe>'


@pytest.mark.parametrize(
    ("source", "markdown"),
    [
        ("{{< youtube abc_-123 >}}", YOUTUBE),
        ('{{% youtube id="abc_-123" %}}', YOUTUBE),
        ("{% youtube abc_-123 %}", YOUTUBE),
        ("{{< vimeo 99 >}}", '<iframe src="https://player.vimeo.com/video/99" allowfullscreen></iframe>'),
        (
            '{{< figure src="a.png" alt="A" title="T" caption="b & c" link="https://e.com/" width="300" >}}',
            '<figure><a href="https://e.com/"><img src="a.png" alt="A" width="300"></a>'
            "<figcaption><strong>T</strong> b &amp; c</figcaption></figure>",
        ),
        ('{{< figure src="a.png" >}}{{< /figure >}}', '<figure><img src="a.png" alt=""></figure>'),
        ("{{< gist ann 1a2b >}}", "<https://gist.github.com/ann/1a2b>"),
        ('{{< tweet user="ann" id="12" >}}', "<https://twitter.com/ann/status/12>"),
        ('{{< highlight go "linenos=table" >}}\n\tx := 1\n{{< /highlight >}}', "```go\n\tx := 1\n```"),
        ("{% highlight ruby linenos %}\nputs '{{ x }}'\n{% endhighlight %}", "```ruby\nputs '{{ x }}'\n```"),
        ("{{< highlight md >}}\n```\nx\n```\n{{< /highlight >}}", "````md\n```\nx\n```\n````"),
        (
            'See [it]({{< ref "about us.md" >}}) and [that]({{< relref path="b.md" >}}).',
            "See [it](about%20us.md) and [that](b.md).",
        ),
        (
            "[it]({% post_url 2024-05-01-tides %}) [that]({% link about.md %})",
            "[it](/_posts/2024-05-01-tides.md) [that](/about.md)",
        ),
        ("![a]({{ site.baseurl }}/a.png) ![b]({{ '/b.png' | relative_url }})", "![a](/a.png) ![b](/b.png)"),
        ("a{% comment %} b {% endcomment %}c", "ac"),
        ("{% raw %}{{ kept }}{% endraw %}", "{{ kept }}"),
        ("Text\n{: .wide}\n", "Text"),
        ("{{</* youtube x */>}}", "{{\\< youtube x >}}"),
        ("![[two words.png|The sea]] and [[a note]]", "![The sea](<two words.png>) and [[a note]]"),
    ],
)
def test_what_is_known(source: str, markdown: str) -> None:
    assert body(source).strip() == markdown


@pytest.mark.parametrize(
    "source",
    [
        "```\n{{< youtube abc >}}\n{% raw %}\n```",
        "~~~~md\n~~~\n{{< youtube abc >}}\n~~~~",
        "In code: `{{< youtube abc >}}` and ``a ` {% include b %}``.",
        "```\nnever closed\n{{< youtube abc >}}",
    ],
)
def test_code_is_left_alone(source: str) -> None:
    assert body(source) == source


def test_what_is_not_known_stays_and_is_named_once() -> None:
    found = one(
        '---\ntitle: T\n---\n{{< chart "a" >}}rain{{< /chart >}} {{<odd>}} {% include x.html %} {{< youtube >}}'
    )
    assert (
        found.body
        == '{{\\< chart "a" >}}rain{{\\< /chart >}} {{\\<odd>}} {% include x.html %} {{\\< youtube >}}'
    )
    assert found.warnings == tuple(
        f"{shown} means something to the program that made the site only; it stands in the text as it is."
        for shown in ("{{< chart >}}", "{{< odd >}}", "{{< youtube >}}", "{% include %}")
    )


@pytest.mark.parametrize(
    "source",
    [
        lambda number: "{{< highlight x >}}" * number,
        lambda number: "{% highlight x %}" * number + "{% endhighlight",
        lambda number: "{{<" + " " * 15 * number,
        lambda number: ("{%a" + " " * (number // 10)) * 200,
        lambda number: ("{%a" + " " * 200) * (number // 10),
        lambda number: "{% raw %}" * number,
        lambda number: "`` ` " * 3 * number,
        lambda number: "{{</*" * 3 * number,
        lambda number: "![[" * 5 * number,
    ],
)
def test_a_trap_takes_linear_work(source: Callable[[int], str]) -> None:
    grows_no_faster_than_linear(body, source, small=2_000, large=20_000)


def test_an_argument_leads_out_of_no_attribute() -> None:
    assert "<iframe" not in body('{{< youtube "a\\"onload=x" >}}')
    assert body("{{< figure src='a.png' alt='\"><script>' >}}").strip() == (
        '<figure><img src="a.png" alt="&quot;&gt;&lt;script&gt;"></figure>'
    )

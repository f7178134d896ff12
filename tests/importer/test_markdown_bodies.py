"""test_markdown_bodies: what generators write into Markdown becomes Markdown; code is left alone, the unknown stays and is named."""

from __future__ import annotations

import time

import pytest

from tests.importer.markdowns import body, one

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
        "{{< highlight x >}}" * 20_000,
        "{% highlight x %}" * 20_000 + "{% endhighlight",
        "{{<" + " " * 300_000,
        ("{%a" + " " * 2000) * 200,
        "{% raw %}" * 30_000,
        "`` ` " * 50_000,
        "{{</*" * 60_000,
        "![[" * 100_000,
    ],
)
def test_a_trap_costs_little(source: str) -> None:
    started = time.process_time()
    body(source)
    assert time.process_time() - started < 5


def test_an_argument_leads_out_of_no_attribute() -> None:
    assert "<iframe" not in body('{{< youtube "a\\"onload=x" >}}')
    assert body("{{< figure src='a.png' alt='\"><script>' >}}").strip() == (
        '<figure><img src="a.png" alt="&quot;&gt;&lt;script&gt;"></figure>'
    )

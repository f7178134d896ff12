"""test_losses: what a body loses at the gate is said in a sentence."""

from __future__ import annotations

import pytest

from blog.markup import render


@pytest.mark.parametrize(
    ("body", "warning"),
    [
        ("<script>x</script>", "A script was left out."),
        ("<script>x</script><script src=y></script>", "A script was left out. (2 times)"),
        ("<object data=x>fallback</object>", "An embedded object was left out."),
        ("<svg><text>x</text></svg>", "A drawing in SVG was left out."),
        ("<math><mi>x</mi></math>", "A formula in MathML was left out."),
        ("<form>x<input></form>", "A form was taken apart: its text stays, its fields are gone."),
    ],
)
def test_a_loss_is_a_sentence(body: str, warning: str) -> None:
    assert render(body, "html").warnings == (warning,)


def test_a_whole_body_loses_nothing() -> None:
    body = "<h2>a</h2><p>b <em>c</em></p><ul><li>d</li></ul><table><tr><td>e</table><pre>f</pre><img src=/media/g alt=h>"
    assert render(body, "html").warnings == ()

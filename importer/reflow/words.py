"""words: the small vocabularies and letter shapes that the other rooms of reflow judge by, English and Russian."""

from __future__ import annotations

import re

EMOJI = re.compile(
    "[\U0001f000-\U0001faff\u2600-\u27bf\u2b50\u2b55\u231a\u231b\u23e9-\u23f3]"
    "[\U0001f000-\U0001faff\u2600-\u27bf\ufe0f\u200d\U0001f3fb-\U0001f3ff]*+"
)
OPENERS = "\"“”„«‘'’([{*_~"
CLOSERS = "\"“”»’')]}*_~`"
ENDS = ".!?…"


def word_set(words: str) -> frozenset[str]:
    return frozenset(words.split())


# Written small inside a title; written with a capital in the middle of one, they begin the next sentence.
SMALL = word_set("""a an the and or but nor for so yet of to in on at by as vs via per with from into onto over up off out than
    и в во на с со о об к ко по за из от для до при без не или а но у над под""")
ARTICLES = word_set("the a an this these those our my his her their your")
CONJUNCTIONS = word_set(
    "when while after before once if as because since but and so then now когда пока если как но и а так потом теперь"
)
SENTENCE_OPENERS = word_set("""the a an i i'm i've i'd i'll we we're we've we'd our my it it's this these those there here here's that's
    when while after before once first then now today but and so if in on at with as for by since because every each
    let's you your he she they his her their most some many
    я мы наш наша наше наши мой моя это этот эта эти он она они оно вы ты в во на с к по за из от для до при без у
    когда пока после сначала потом затем теперь сегодня вчера но и а так если чтобы как что вот здесь там первым
    первая первое каждый каждая все всё некоторые однако раньше недавно обычно""")


def bare(token: str) -> str:
    """A token without the quotes, brackets, emphasis and punctuation around it, apostrophes made straight."""
    return token.strip(OPENERS + CLOSERS + ENDS + ",;:—–-").replace("’", "'")


def starts_capital(token: str) -> bool:
    inner = token.lstrip(OPENERS)
    return bool(inner) and (inner[0].isupper() or inner[0].istitle())


def is_emoji(token: str) -> bool:
    return bool(EMOJI.match(token))


def starts_afresh(token: str) -> bool:
    """Whether a block may begin with this token: a capital, a digit, code, emphasis, a quote or an emoji."""
    return starts_capital(token) or token[0].isdigit() or token[0] in '`"“«*_[(' or is_emoji(token)

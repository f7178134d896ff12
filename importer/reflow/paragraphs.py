"""paragraphs: group sentences as an editor would: by turns of thought, three to five at a time."""

from __future__ import annotations

import re
from itertools import accumulate, pairwise

from importer.reflow.sentences import Sentence, sentences
from importer.reflow.words import OPENERS

_IDEAL = 430  # characters; a paragraph reads well between 350 and 600
_WHOLE = 520  # what is no longer than this needs no break
_WALL = 1500  # what is longer than this is given
_WALL_PARTS = 4  # so many paragraphs, if it has the sentences
_MOST = 14  # sentences that are ever looked at together; keeps the work linear
_JOKE = 500

# A new thought begins here.
_TURN = re.compile(
    r"""(?:But\ (?:here|then|when)|And\ here|Here(?:'s|\ is)|Then|Next|First|Second|Third|Finally|Meanwhile|However
    |After|By\ the|The\ (?:problem|challenge|fix|lesson|result|results|real|first|next|key|core|hardest|broader|work
    |diagnosis|decision|economics|philosophical|changes|premise|culprit|climax|tradeoff|joke|question|task|technical)(?!\s+(?:wasn't|isn't))
    |Now|Of\ course|So\ (?:I|we|the)|What\ \w+|When|While|Unexpectedly|In\ the\ end|Lesson|Once|On\ the\ \w+\ side
    |That(?:'s)?\ (?:when|where)|This\ is\ (?:the|where|how)|Years?\ later|One\ (?:day|evening|morning)
    |Но\ (?:вот|когда|тут)|Затем|Потом|Далее|Сначала|Во-первых|Во-вторых|В-третьих|Наконец|Однако|Тем\ временем
    |После|Теперь|В\ итоге|В\ результате|Проблема|Решение|Главное|Первы[мй]|Первое|Второе|Итак|Кроме\ того|Когда
    |Следующ\w+|К\ вечеру|Утром|Вечером|На\ следующий|Через|Оказалось)\b""",
    re.VERBOSE,
)
_SMALL_TURN = re.compile(
    r"(?:But|So|In|On|At|For|If|As|Our|I|We|My|By|Before|Since|Some|Most|Inside|Starting|"
    r"Но|В|На|Для|Если|Мы|Я|По|При|До|Наш\w*|Мой|Моя)\b"
)
_BOLD_LEAD = re.compile(r"(\*\*|__)[^*_]{3,120}[:.!?…]\1")
_ASKING = (
    "The ",
    "Our ",
    "My ",
    "But ",
    "So ",
    "Why ",
    "What ",
    "How ",
    "А ",
    "Но ",
    "Почему ",
    "Что ",
    "Как ",
    "Зачем ",
)
_QUOTES = '"“«'
_TURNING = -0.7  # a break this welcome is a turn of the text
# Leans on the sentence before it.
_LEANS = re.compile(
    r"(?:It|It's|They|These|Those|That|That's|This|He|She|Or|And|Because|Instead|Which|Same|No|Not|Maybe|Even|Also|"
    r"Yet|Just|Plus|Simple|Surely|Sometimes|Either|"
    r"Он|Она|Оно|Они|Это|Этот|Эта|Эти|Так|Поэтому|И|А|Или|Ведь|Потому|Тоже|Такой|Такая|Такие|Зато)\b"
)


def paragraphs(text: str) -> list[str]:
    """The text's paragraphs: every character of it but the white space at the breaks."""
    parts = sentences(text)
    if len(parts) < 2:
        return [text.strip()] if text.strip() else []
    tail = _tail(parts)
    label = len(parts) - 1 if _is_label(parts[-1]) else len(parts)
    tail = min(tail, label)
    groups = _grouped(parts[:tail])
    groups += [group for group in (parts[tail:label], parts[label:]) if group]
    return [text[group[0].start : group[-1].end] for group in groups]


def _is_label(sentence: Sentence) -> bool:
    """A short "What to fix:" that introduces what follows."""
    return sentence.text.endswith(":") and len(sentence.text) <= 60


def _tail(parts: list[Sentence]) -> int:
    """Where the closing joke begins: an emoji opens or closes it, and a question goes with its answer."""
    for i in range(len(parts) - 1, 0, -1):
        if parts[-1].end - parts[i].start > _JOKE:
            break
        if parts[i].begins_with_emoji:
            return i
    last = len(parts) - (2 if _is_label(parts[-1]) and len(parts) > 2 else 1)
    answers = parts[last - 1].asks and _starts_after(parts, last)
    if parts[last].ends_with_emoji:
        return last - 1 if answers else last
    if answers and re.match(r"(?:Because|Потому)\b", parts[last].text):
        return last - 1
    return len(parts)


def _starts_after(parts: list[Sentence], last: int) -> bool:
    return last > 1 and parts[last].end - parts[last - 1].start <= _JOKE


def _grouped(parts: list[Sentence]) -> list[list[Sentence]]:
    """The sentences by paragraphs, of about the ideal length; a wall of text gets four at the least."""
    if not parts:
        return []
    total = parts[-1].end - parts[0].start
    if total <= _WHOLE:
        return [parts]
    ideal = min(_IDEAL, total / max(2, round(total / _IDEAL)))
    groups = _cut(parts, ideal)
    while total > _WALL and len(groups) < min(_WALL_PARTS, len(parts)) and ideal > 100:
        ideal *= 0.85
        groups = _cut(parts, ideal)
    return groups


def _cut(parts: list[Sentence], ideal: float) -> list[list[Sentence]]:
    """The cheapest way to cut, by dynamic programming over the last few sentences."""
    breaks = [_break_cost(parts, i) for i in range(len(parts))]
    turns = [0, *accumulate(i > 0 and cost <= _TURNING for i, cost in enumerate(breaks))]
    best = [0.0]
    came = [0]
    for end in range(1, len(parts) + 1):
        options = (
            (
                best[start] + breaks[start] + _cost(parts, start, end, ideal) + _missed(turns, start, end),
                start,
            )
            for start in range(max(0, end - _MOST), end)
        )
        cost, start = min(options)
        best.append(cost)
        came.append(start)
    cuts = [len(parts)]
    while cuts[-1]:
        cuts.append(came[cuts[-1]])
    cuts.reverse()
    return [parts[a:b] for a, b in pairwise(cuts)]


def _cost(parts: list[Sentence], start: int, end: int, ideal: float) -> float:
    size = parts[end - 1].end - parts[start].start
    off = (size - ideal) / ideal
    lonely = 0.6 if end - start == 1 and size < 200 else 0.0
    many = 0.25 * max(0, end - start - 6)
    return 3.0 * off * off + lonely + many


def _missed(turns: list[int], start: int, end: int) -> float:
    """Turns that would be buried inside the paragraph; one in its last sentence reads worst."""
    inside = turns[end] - turns[min(start + 1, end)]
    at_the_end = end - start > 1 and turns[end] > turns[end - 1]
    return 0.2 * inside + 0.5 * at_the_end


def _break_cost(parts: list[Sentence], i: int) -> float:
    """What it costs to begin a paragraph with sentence i: below zero where the text turns, high where it leans back."""
    if i == 0:
        return 0.0
    text, before = parts[i].text, parts[i - 1]
    if before.asks and len(before.text) < 160:
        return 3.0  # an answer stays with its question
    if before.text.endswith(":"):
        return 3.0
    if text[0] in _QUOTES and any(quote in before.text for quote in _QUOTES):
        return 1.0  # one who speaks is answered
    words = text.lstrip(OPENERS).replace("’", "'")
    cost = 0.0
    if _LEANS.match(words) and not _TURN.match(words):
        cost += 0.9
    elif _TURN.match(words):
        cost -= 0.8
    elif _SMALL_TURN.match(words):
        cost -= 0.25
    if text.startswith(("**", "__")):
        cost -= 0.9 if _BOLD_LEAD.match(text) else 0.3
    if parts[i].asks and len(text) < 60 and words.startswith(_ASKING):
        cost -= 0.8  # "The culprit?" opens
    if len(text) < 30 and not parts[i].asks:
        cost += 0.6
    return cost

"""decoding: the bytes of a source become its text, in the encoding they are really in; what is no text is refused."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import chain

from importer.documents.binaries import refuse_controls, refuse_empty, refuse_known, unpacked
from importer.documents.charsets import LIKELY_WESTERN, likely_cyrillic
from importer.documents.kept import PIECE, KeptFile
from importer.documents.spooling import spooled
from importer.entry import Document, RawDocument
from importer.errors import SourceUnusable, UsageProblem

BOMS: tuple[tuple[bytes, str], ...] = (  # UTF-32 first: its mark begins with UTF-16's
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# What web standards read under these labels: the label says less than the bytes hold.
WIDER = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "big5": "big5hkscs",
}
# Python's codecs that are no character set of a document, or one that hides markup in plain letters.
NOT_FOR_DOCUMENTS = frozenset(
    {"idna", "punycode", "unicode_escape", "raw_unicode_escape", "undefined", "utf_7", "mbcs", "oem"}
)
SERVER_DEFAULTS = frozenset({"cp1252"})  # a server that says latin-1 says only that nobody configured it

XML_DECLARATION = re.compile(r"\A\s*<\?xml\b([^>]*?)\?>", re.IGNORECASE)
DECLARED = re.compile(rb"\A\s*<\?xml\b[^>]*?\bencoding\s*=\s*[\"']\s*([\w.:+-]+)", re.IGNORECASE)
CHARSET = re.compile(r"charset\s*=\s*[\"']?\s*([\w.:+-]+)", re.IGNORECASE)
EBCDIC_XML = "<?xml".encode("cp037")
CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
C1 = re.compile("[\x80-\x9f]")
BLANK = " \t\r\n\f\v\0\x85\xa0\ufeff\u200b\u2028\u2029"


def decode(raw: RawDocument, encoding: str = "") -> Document:
    """The source's text. `encoding` is the operator's own word and is believed before everything else.

    Then: a byte order mark; NUL bytes in the pattern of UTF-16 or UTF-32; valid UTF-8, whatever the label says; the HTTP
    charset, unless it is a server's latin-1 default and the XML declaration says otherwise; the XML declaration; the
    most likely Cyrillic or western encoding, with a warning.
    """
    if raw.members is not None:
        # Each member is decoded when it is read; `encoding` here is the operator's own word for all of them.
        return Document(raw, raw.data.decode("utf-8", "replace"), encoding, raw.members.warnings)
    if raw.kept is not None:
        if is_utf8(raw.kept, encoding):
            return Document(raw, raw.data.decode("utf-8", "ignore").removeprefix("\ufeff"), "utf-8")
        if copy := in_utf8(raw.kept, encoding):
            return decode(replace(raw, data=next(copy.pieces()), kept=copy))
        raw = replace(raw, data=raw.kept.whole(), kept=None)
    data = unpacked(raw.data)
    refuse_empty(data)
    refuse_known(data)
    if not (data.startswith((*(mark for mark, _ in BOMS), EBCDIC_XML)) or null_pattern(data)):
        refuse_controls(data)
    text, used, warnings = chosen(data, encoding, raw.content_type)
    text = text.removeprefix("\ufeff")
    if not text.strip(BLANK):
        raise SourceUnusable("This source is empty: it holds nothing but white space.")
    text, cleaned = without_controls(text)
    return Document(raw, text, used, (*warnings, *cleaned))


def is_utf8(kept: KeptFile, encoding: str) -> bool:
    """Whether all of a file is UTF-8 and the operator says nothing else of it."""
    if encoding and codec(encoding) != "utf-8":
        return False
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        for piece in kept.pieces():
            decoder.decode(piece)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def in_utf8(kept: KeptFile, encoding: str) -> KeptFile | None:
    """A copy as UTF-8 of a file in the encoding that the operator, its mark or its declaration states; None where it
    states none, or not the truth."""
    beginning = next(kept.pieces(), b"")
    marked = next((name for mark, name in BOMS if beginning.startswith(mark)), "")
    name = codec(encoding) if encoding else marked or null_pattern(beginning) or codec(declared_in(beginning))
    if not name or name == "utf-8":
        return None
    decoder = codecs.getincrementaldecoder(name)()
    try:
        ended = chain(((piece, False) for piece in kept.pieces()), ((b"", True),))
        return spooled(decoder.decode(piece, last).encode("utf-8", "replace") for piece, last in ended)
    except UnicodeDecodeError:
        return None


def pieces(document: Document) -> Iterator[str]:
    """All of a document's text in order, wherever it is kept, without the characters that no XML takes."""
    if document.raw.kept is None:
        for start in range(0, len(document.text), PIECE):
            yield document.text[start : start + PIECE]
        return
    decoder = codecs.getincrementaldecoder("utf-8-sig")()
    for piece in document.raw.kept.pieces():
        yield without_controls(decoder.decode(piece))[0]


def as_utf8_xml(text: str) -> bytes:
    """The text as UTF-8 with an XML declaration that says so; text without a declaration stays without one."""
    declaration = XML_DECLARATION.match(text)
    if declaration:
        text = '<?xml version="1.0" encoding="utf-8"?>' + text[declaration.end() :]
    return text.encode("utf-8", "replace")


def chosen(data: bytes, encoding: str, content_type: str) -> tuple[str, str, list[str]]:
    """The text, the encoding that gave it, warnings."""
    if encoding:
        return as_ordered(data, encoding)
    for mark, name in BOMS:
        if data.startswith(mark):
            return wide_or_utf8(data[len(mark) :], name)
    if name := null_pattern(data):
        return wide_or_utf8(data, name)
    charset = CHARSET.search(content_type)
    http, declared = codec(charset[1] if charset else ""), codec(declared_in(data))
    if not (b"\x1b" in data and (http or declared).startswith("iso2022")):
        try:
            return data.decode("utf-8"), "utf-8", []
        except UnicodeDecodeError:
            pass
    return as_labelled(data, http, declared, unknown_labels(charset[1] if charset else "", declared_in(data)))


def as_ordered(data: bytes, encoding: str) -> tuple[str, str, list[str]]:
    """The text in the operator's encoding, or a sentence why not."""
    name = codec(encoding)
    if not name:
        raise UsageProblem(
            f"“{encoding}” is not an encoding known here; windows-1251, koi8-r and utf-8 are examples of one."
        )
    try:
        return data.decode(name), name, []
    except UnicodeDecodeError as problem:
        raise SourceUnusable(
            f"This source is not in {encoding}: byte {problem.start + 1} does not fit. Try another encoding or leave it to be found."
        ) from None


def wide_or_utf8(data: bytes, name: str) -> tuple[str, str, list[str]]:
    """The text where the bytes themselves tell the encoding; what does not fit at a cut-off end is dropped."""
    try:
        return data.decode(name), name, []
    except UnicodeDecodeError:
        if name == "utf-8":
            return guessed(data, declared_utf8=True)
        return data.decode(name, "ignore"), name, [f"Some bytes were not valid {name} and were left out."]


def as_labelled(data: bytes, http: str, declared: str, warnings: list[str]) -> tuple[str, str, list[str]]:
    """The text by the labels that it came with; a label that the bytes contradict is passed over."""
    labels = [declared, http] if http in SERVER_DEFAULTS and declared else [http, declared]
    if http and declared and http != declared:
        warnings.append(f"The server says {http}, the document says {declared}; it was read as {labels[0]}.")
    for name in labels:
        if not name or name == "utf-8" or name.startswith(("utf-16", "utf-32")):
            continue
        try:
            return data.decode(name), name, warnings
        except UnicodeDecodeError:
            if name in LIKELY_WESTERN:
                break
            warnings = [f"The source says it is in {name}, which is not so."]
    text, used, more = guessed(
        data, declared_utf8="utf-8" in labels, western=next(iter(filter(None, labels)), "")
    )
    return text, used, warnings + more


def guessed(data: bytes, *, declared_utf8: bool, western: str = "") -> tuple[str, str, list[str]]:
    """The text where no label helps: UTF-8 with a few broken places, else the likeliest Cyrillic, else western."""
    mended, broken, sound = mostly_utf8(data)
    if sound > 9 * broken:
        what = "One place was" if broken == 1 else f"{broken} places were"
        return mended, "utf-8", [f"{what} not valid UTF-8 and read as windows-1252."]
    if western in LIKELY_WESTERN:
        return data.decode(western, "windows-1252-or-nothing"), western, []
    used = likely_cyrillic(data) or "cp1252"
    name = used.replace("cp125", "windows-125")
    why = "says it is UTF-8 and is not" if declared_utf8 else "does not say its encoding"
    warning = (
        f"The source {why}; it was read as {name}. If letters look wrong, import it again with --encoding."
    )
    return data.decode(used, "windows-1252-or-nothing"), used, [warning]


def mostly_utf8(data: bytes) -> tuple[str, int, int]:
    """The data as UTF-8 with what is broken read as windows-1252; how many places are broken, how many are sound."""
    text = data.decode("utf-8", "as-western")
    broken = data.decode("utf-8", "replace").count("\ufffd") - data.count("\ufffd".encode())
    return text, broken, sum(character > "\x7f" for character in text) - broken


def as_western(problem: UnicodeError) -> tuple[str, int]:
    """Codec error handler: read what is not valid as windows-1252, but drop a character that the end cuts off."""
    if not isinstance(problem, UnicodeDecodeError):
        raise problem
    cut_off = problem.reason == "unexpected end of data"
    piece = b"" if cut_off else problem.object[problem.start : problem.end]
    return piece.decode("cp1252", "ignore"), problem.end


def nothing(problem: UnicodeError) -> tuple[str, int]:
    """Codec error handler: a few bytes mean nothing in windows-1252; drop them, show no replacement character."""
    if not isinstance(problem, UnicodeDecodeError):
        raise problem
    return "", problem.end


codecs.register_error("as-western", as_western)
codecs.register_error("windows-1252-or-nothing", nothing)


def codec(label: str) -> str:
    """Python's name for a label, "" for none it knows or none that a document can be in."""
    label = label.strip().lower().removeprefix("x-").replace("win-", "windows-").replace("cp-", "cp")
    try:
        found = codecs.lookup(label)
    except (LookupError, ValueError):
        return ""
    # The registry holds codecs such as base64 as well; only text encodings decode bytes to text.
    is_text = getattr(found, "_is_text_encoding", True)
    name = "utf-8" if found.name == "utf-8-sig" else found.name
    return WIDER.get(name, name) if is_text and name.replace("-", "_") not in NOT_FOR_DOCUMENTS else ""


def declared_in(data: bytes) -> str:
    """The encoding that the XML declaration names, "" without one."""
    head = data[:400]
    if head.startswith(EBCDIC_XML):
        head = head.decode("cp037").encode("ascii", "replace")
    found = DECLARED.match(head)
    return found[1].decode("ascii", "replace") if found else ""


def unknown_labels(*labels: str) -> list[str]:
    return [
        f"“{label}” is no encoding known here."
        for label in dict.fromkeys(labels)
        if label and not codec(label)
    ]


def null_pattern(data: bytes) -> str:
    """UTF-16 or UTF-32 without a mark, by where the bytes stand that Latin and Russian text repeat; "" for neither."""
    head = data[:2000]
    places = len(head) // 4
    if not places or b"\0" not in head:
        return ""
    zeros = [head[place : places * 4 : 4].count(0) / places for place in range(4)]
    if min(zeros[:2]) > 0.9:
        return "utf-32-be"
    if min(zeros[2:]) > 0.9:
        return "utf-32-le"
    even, odd = (page_bytes(head[place : places * 4 : 2]) / (places * 2) for place in (0, 1))
    if max(even, odd) < 0.9 or min(even, odd) > 0.5:
        return ""
    return "utf-16-be" if even > odd else "utf-16-le"


def page_bytes(half: bytes) -> int:
    """How many bytes name the page of a Latin or Cyrillic letter or of a dash or quote in UTF-16."""
    return half.count(0) + half.count(4) + half.count(0x20)


def without_controls(text: str) -> tuple[str, list[str]]:
    """The text without characters that no database and no XML takes; form feeds and their like become spaces."""
    if C1.search(text):
        # Windows' quotes and dashes under a latin-1 label: nobody ever meant these control characters.
        text = C1.sub(lambda found: found[0].encode("latin-1").decode("cp1252", "ignore") or " ", text)
    if not CONTROLS.search(text):
        return text, []
    text, count = CONTROLS.subn(lambda found: " " if found[0] in "\x0b\x0c" else "", text)
    what = "One control character was" if count == 1 else f"{count} control characters were"
    return text, [f"{what} removed from the source."]

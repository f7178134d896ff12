"""test_decoding_encodings: a source is read in the encoding that it is really in."""

from __future__ import annotations

import pytest

from importer.documents.decoding import as_utf8_xml, decode
from importer.entry import Document, RawDocument
from importer.errors import SourceUnusable, UsageProblem

RUSSIAN = "Съешь же ещё этих мягких французских булок, да выпей чаю. Привет, мир!"


def read(data: bytes, content_type: str = "", encoding: str = "") -> Document:
    return decode(RawDocument("-", data, content_type=content_type), encoding)


@pytest.mark.parametrize("name", ["cp1251", "koi8-r", "cp866"])
@pytest.mark.parametrize(
    "text", [RUSSIAN, f"<?xml version='1.0'?><rss><title>{RUSSIAN}</title></rss>", "<rss>Блог</rss>"]
)
def test_undeclared_cyrillic_is_told_by_its_letters(name: str, text: str) -> None:
    found = read(text.encode(name))
    assert (found.text, found.encoding) == (text, name)
    (warning,) = found.warnings
    assert warning.startswith("The source does not say its encoding; it was read as ")
    assert warning.endswith("If letters look wrong, import it again with --encoding.")


@pytest.mark.parametrize(
    "text", ["café déjà vu “naïve”", "Grüße aus München, schöne Straße", "El niño añade ¿qué?"]
)
def test_undeclared_western_text_is_windows_1252(text: str) -> None:
    found = read(text.encode("cp1252"))
    assert (found.text, found.encoding) == (text, "cp1252")


@pytest.mark.parametrize("name", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
@pytest.mark.parametrize("text", ["<?xml version='1.0'?><rss/>", RUSSIAN])
def test_wide_encodings_need_no_mark(name: str, text: str) -> None:
    found = read(text.encode(name))
    assert (found.text, found.encoding, found.warnings) == (text, name, ())


@pytest.mark.parametrize("name", ["utf-8-sig", "utf-16", "utf-32"])
def test_a_byte_order_mark_tells_and_is_taken_off(name: str) -> None:
    assert read(RUSSIAN.encode(name)).text == RUSSIAN


@pytest.mark.parametrize(
    "name", ["windows-1251", "koi8-r", "gb18030", "shift_jis", "iso-8859-9", "euc-kr", "iso-2022-jp"]
)
def test_a_declared_encoding_is_used(name: str) -> None:
    words = {
        "gb18030": "中文博客",
        "shift_jis": "日本語",
        "iso-2022-jp": "日本語",
        "iso-8859-9": "ışık ğüş",
        "euc-kr": "한국어",
    }
    text = f'<?xml version="1.0" encoding="{name}"?><rss>{words.get(name, RUSSIAN)}</rss>'
    found = read(text.encode(name))
    assert (found.text, found.warnings) == (text, ())


def test_valid_utf8_is_utf8_whatever_the_label_says() -> None:
    text = f'<?xml version="1.0" encoding="windows-1251"?><rss>{RUSSIAN}</rss>'
    found = read(text.encode(), "text/xml; charset=koi8-r")
    assert (found.text, found.encoding, found.warnings) == (text, "utf-8", ())


def test_declared_utf8_that_is_windows_1252_keeps_its_letters_and_warns() -> None:
    found = read('<?xml version="1.0" encoding="utf-8"?><rss>café</rss>'.encode("cp1252"))
    assert found.text.endswith("<rss>café</rss>")
    assert found.warnings[0].startswith(
        "The source says it is UTF-8 and is not; it was read as windows-1252."
    )


def test_a_broken_place_does_not_spoil_utf8() -> None:
    found = read((RUSSIAN * 3).encode() + b" caf\xe9 " + RUSSIAN.encode())
    assert found.text == f"{RUSSIAN * 3} café {RUSSIAN}"
    assert found.warnings == ("One place was not valid UTF-8 and read as windows-1252.",)


def test_a_character_cut_off_by_the_end_is_dropped() -> None:
    found = read(RUSSIAN.encode() + "я".encode()[:1])
    assert found.text == RUSSIAN


@pytest.mark.parametrize(
    "data", [b"abc \x81\x8d\x8f\x90\x9d \xe9 def", "ы".encode()[:1] * 50, bytes(range(128, 256)) * 3]
)
def test_no_replacement_character_ever_appears(data: bytes) -> None:
    assert "\ufffd" not in read(b"<rss>" + data + b"</rss>").text


def test_the_http_charset_counts_where_nothing_is_declared() -> None:
    found = read(b"<rss>" + RUSSIAN.encode("cp1251") + b"</rss>", "text/xml; charset=windows-1251")
    assert (found.encoding, found.warnings) == ("cp1251", ())


def test_the_http_charset_wins_over_the_declaration_with_a_warning() -> None:
    text = f'<?xml version="1.0" encoding="koi8-r"?><rss>{RUSSIAN}</rss>'
    found = read(text.encode("cp1251"), 'application/xml; charset="windows-1251"')
    assert found.text == text
    assert found.warnings == ("The server says cp1251, the document says koi8-r; it was read as cp1251.",)


def test_a_servers_latin1_default_yields_to_the_declaration() -> None:
    text = f'<?xml version="1.0" encoding="windows-1251"?><rss>{RUSSIAN}</rss>'
    assert read(text.encode("cp1251"), "text/xml; charset=ISO-8859-1").text == text


@pytest.mark.parametrize("label", ["utf-99", "base64", "rot13", "unicode_escape"])
def test_an_unknown_label_is_passed_over_with_a_warning(label: str) -> None:
    found = read(f'<?xml version="1.0" encoding="{label}"?><rss>{RUSSIAN}</rss>'.encode("cp1251"))
    assert RUSSIAN in found.text
    assert f"“{label}” is no encoding known here." in found.warnings


def test_the_operators_word_is_believed() -> None:
    assert read("Привет".encode("cp866"), "text/plain; charset=utf-8", "cp866").text == "Привет"


def test_an_unknown_encoding_of_the_operators_is_wrong_usage() -> None:
    with pytest.raises(
        UsageProblem, match=r"^“klingon” is not an encoding known here; windows-1251, koi8-r and utf-8 are"
    ):
        read(b"x", encoding="klingon")


def test_an_encoding_of_the_operators_that_does_not_fit_names_the_byte() -> None:
    with pytest.raises(SourceUnusable, match=r"^This source is not in utf-8: byte 3 does not fit\."):
        read(b"ab\xff", encoding="utf-8")


def test_control_characters_are_removed_with_a_warning() -> None:
    found = read(b"<rss>a\x00b\x01c\x0cd</rss>")
    assert found.text == "<rss>abc d</rss>"
    assert found.warnings == ("3 control characters were removed from the source.",)


def test_windows_quotes_under_a_latin1_label_are_quotes() -> None:
    found = read("<rss>\x93so\x94</rss>".encode())
    assert found.text == "<rss>“so”</rss>"


@pytest.mark.parametrize(
    ("text", "data"),
    [
        (
            '<?xml version="1.0" encoding="windows-1251"?><a>я</a>',
            '<?xml version="1.0" encoding="utf-8"?><a>я</a>',
        ),
        ("<a>я</a>", "<a>я</a>"),
        ('\n <?xml version="1.1" standalone="yes"?><a/>', '<?xml version="1.0" encoding="utf-8"?><a/>'),
    ],
)
def test_utf8_for_parsers_says_that_it_is(text: str, data: str) -> None:
    assert as_utf8_xml(text) == data.encode()

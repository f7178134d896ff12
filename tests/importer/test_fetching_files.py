"""test_fetching_files: a file is read whole or refused at once, with a sentence."""

from __future__ import annotations

import io
import os
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from importer.errors import SourceUnusable
from importer.fetching import Limits, read_file, read_stdin


def refusal(path: str | Path, limits: Limits = Limits()) -> str:  # noqa: B008
    with pytest.raises(SourceUnusable) as caught:
        read_file(str(path), limits=limits)
    return str(caught.value)


def test_a_file_comes_with_its_bytes_and_its_absolute_path(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "notes.xml").write_bytes(b"\xef\xbb\xbf<rss/>")
    monkeypatch.chdir(tmp_path)
    raw = read_file("notes.xml")
    assert raw.data == b"\xef\xbb\xbf<rss/>"
    assert (raw.location, raw.path) == ("notes.xml", str(tmp_path / "notes.xml"))
    assert raw.final_url == raw.content_type == ""


def test_an_empty_file_is_read_as_empty(tmp_path: Path) -> None:
    (tmp_path / "empty").touch()
    assert read_file(str(tmp_path / "empty")).data == b""


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    assert refusal(tmp_path / "gone.xml") == (
        f"{tmp_path}/gone.xml cannot be read: there is no such file. "
        "Check the spelling and the folder you are in."
    )


def test_a_broken_link_is_a_missing_file(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path / "gone")
    assert "there is no such file" in refusal(tmp_path / "link")


def test_links_in_a_circle_are_named(tmp_path: Path) -> None:
    (tmp_path / "a").symlink_to(tmp_path / "b")
    (tmp_path / "b").symlink_to(tmp_path / "a")
    assert "lead in a circle" in refusal(tmp_path / "a")


def test_a_path_through_a_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert "a part of this path is a file" in refusal(tmp_path / "file" / "inner.xml")


def test_an_unreadable_file_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "secret.xml").touch(mode=0o000)

    def closed(path: str, flags: int) -> int:  # root may read everything, so the system's answer is played
        raise PermissionError(13, "Permission denied", path)

    monkeypatch.setattr(os, "open", closed)
    assert "you may not read it" in refusal(tmp_path / "secret.xml")


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    assert refusal(tmp_path) == f"{tmp_path} is a folder, not a file. Name the files in it."


def test_a_named_pipe_is_refused_without_waiting(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert "is a named pipe, not a file" in refusal(tmp_path / "pipe")


def test_a_pipe_put_in_place_after_the_look_does_not_hang(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "file").touch()
    looked_at = os.stat(tmp_path / "file")
    monkeypatch.setattr(os, "stat", lambda path: looked_at)
    assert "is a named pipe, not a file" in refusal(tmp_path / "pipe")


@pytest.mark.skipif(not os.path.exists("/dev/zero"), reason="this system has no /dev/zero")
def test_an_endless_device_is_refused() -> None:
    assert "is a device, not a file" in refusal("/dev/zero")


def test_a_socket_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)  # a socket's name must be short
    with socket.socket(socket.AF_UNIX) as bound:
        bound.bind("sock")
        assert "is a socket, not a file" in refusal("sock")


def test_a_file_over_the_limit_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "large").write_bytes(b"x" * 1001)
    assert refusal(tmp_path / "large", Limits(file_bytes=1000)) == (
        f"{tmp_path}/large is larger than 1 kB, the most that is read. Split it and import the parts."
    )


def test_the_usual_limit_is_200_megabytes(tmp_path: Path) -> None:
    with open(tmp_path / "sparse", "wb") as file:
        file.truncate(200_000_001)
    assert "larger than 200 MB" in refusal(tmp_path / "sparse")


def _changing(path: Path, monkeypatch: pytest.MonkeyPatch, times: int) -> None:
    """Let the file grow between the look at it and the end of its reading, a number of times."""
    honest, looks = os.fstat, 0

    def fstat(handle: int) -> os.stat_result:
        nonlocal looks
        state = honest(handle)
        looks += 1
        if looks % 2 == 1 and looks <= 2 * times:
            with path.open("ab") as file:
                file.write(b"more")
        return state

    monkeypatch.setattr(os, "fstat", fstat)


def test_a_file_that_grows_once_is_read_again_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "growing"
    path.write_bytes(b"begun ")
    _changing(path, monkeypatch, times=1)
    assert read_file(str(path)).data == b"begun more"


def test_a_file_that_keeps_growing_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "growing"
    path.write_bytes(b"begun ")
    _changing(path, monkeypatch, times=99)
    assert refusal(path) == (
        f"{path} keeps changing while it is being read. Wait until it is written, then import it again."
    )


def test_a_name_that_no_file_can_have_is_refused_and_shown_safely() -> None:
    assert refusal("a\0b\x1b[31m") == "a�b�[31m is not a usable file name. Check the path."


def test_a_name_that_is_too_long_is_refused() -> None:
    assert "the name is too long" in refusal("x" * 5000)


def test_standard_input_is_read_to_its_end() -> None:
    raw = read_stdin(io.BytesIO(b"one\ntwo"))
    assert (raw.location, raw.data, raw.path) == ("-", b"one\ntwo", "")


def test_standard_input_is_read_to_its_end_from_a_pipe() -> None:
    out, into = os.pipe()
    os.write(into, b"piped")
    os.close(into)
    with open(out, "rb") as stream:
        assert read_stdin(stream).data == b"piped"


class Endless(io.RawIOBase):
    taken = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        self.taken += len(buffer)
        return len(buffer)


@pytest.fixture
def endless() -> Iterator[Endless]:
    with Endless() as stream:
        yield stream


def test_endless_standard_input_stops_at_the_limit(endless: Endless) -> None:
    with pytest.raises(SourceUnusable, match=r"^Standard input is larger than 3 MB, the most that is read\."):
        read_stdin(endless, limits=Limits(file_bytes=3_000_000))  # type: ignore[arg-type]
    assert endless.taken <= 3_000_000 + 2 * (1 << 20)


def test_closed_standard_input_is_named() -> None:
    stream = io.BytesIO()
    stream.close()
    for closed in (stream, None):
        with pytest.raises(SourceUnusable, match=r"^Standard input is closed\. Pipe a document into"):
            read_stdin(closed)

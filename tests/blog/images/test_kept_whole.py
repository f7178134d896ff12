"""test_kept_whole: a stored file is whole or not there, whatever the disk does and whoever was killed while writing it."""

from __future__ import annotations

import errno
import io
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from PIL import Image as Pillow

from blog import images, wholefiles

NAME = "images/ab/abcdef.webp"


@pytest.fixture
def full(media_root: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A disk that takes no more than the first bytes of anything."""

    def save(name: str, content: ContentFile[Any]) -> str:
        target = media_root / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content.read()[:3])
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(default_storage, "save", save)
    return media_root


def test_it_is_stored_once(media_root: Path) -> None:
    assert wholefiles.keep(NAME, b"the whole file") is False
    assert wholefiles.keep(NAME, b"the whole file") is True
    assert (media_root / NAME).read_bytes() == b"the whole file"


def test_a_full_disk_keeps_no_half(full: Path) -> None:
    with pytest.raises(
        wholefiles.NoRoom, match=r"^It could not be stored: the disk is full\. Make room on it"
    ):
        wholefiles.keep(NAME, b"the whole file")
    assert not (full / NAME).exists()


def test_what_a_killed_writer_left_is_written_anew(media_root: Path) -> None:
    (media_root / NAME).parent.mkdir(parents=True)
    (media_root / NAME).write_bytes(b"the wh")
    assert wholefiles.keep(NAME, b"the whole file") is False
    assert (media_root / NAME).read_bytes() == b"the whole file"


@pytest.mark.django_db
@pytest.mark.usefixtures("full")
def test_an_upload_on_a_full_disk_is_refused_in_a_sentence() -> None:
    picture = io.BytesIO()
    Pillow.new("RGB", (9, 9)).save(picture, "PNG")
    with pytest.raises(images.PictureRefused, match="the disk is full"):
        images.store(picture, None)

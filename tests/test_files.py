"""What is written: whole or not at all, and never over anything but a file."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from mapper.errors import OutputError
from mapper.files import check_target, write_text


def refusal(path: str | Path, *, force: bool = True) -> str:
    """Return the sentence with which writing to `path` is refused."""
    with pytest.raises(OutputError) as caught:
        write_text(path, "new", force=force)
    return str(caught.value)


def test_a_new_file_has_the_text_and_the_usual_rights(tmp_path: Path) -> None:
    """The text is UTF-8, and the file may be read by whom the umask lets."""
    before = os.umask(0o027)
    try:
        write_text(tmp_path / "a.html", "Zürich\n")
    finally:
        os.umask(before)
    assert (tmp_path / "a.html").read_bytes() == "Zürich\n".encode()
    assert (tmp_path / "a.html").stat().st_mode & 0o777 == 0o640


def test_an_overwritten_file_keeps_its_rights(tmp_path: Path) -> None:
    """Who could read the old file can read the new one, and nobody else."""
    path = tmp_path / "a.html"
    path.write_text("old", encoding="utf-8")
    path.chmod(0o600)
    write_text(path, "new", force=True)
    assert (path.read_text(encoding="utf-8"), path.stat().st_mode & 0o777) == ("new", 0o600)


def test_a_file_stays_unless_force_is_given(tmp_path: Path) -> None:
    """The sentence names the argument of Python, not the option of the command."""
    (tmp_path / "a.html").write_text("mine", encoding="utf-8")
    said = refusal(tmp_path / "a.html", force=False)
    assert said == "a.html exists already: overwrite it with force=True."
    assert (tmp_path / "a.html").read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize("force", [False, True])
def test_only_a_file_is_overwritten(tmp_path: Path, force: bool) -> None:
    """A folder and a pipe stay what they are, by force too, and are called so."""
    (tmp_path / "folder").mkdir()
    os.mkfifo(tmp_path / "pipe")
    assert "folder is a folder, not a file" in refusal(tmp_path / "folder", force=force)
    assert "pipe is a named pipe, not a file" in refusal(tmp_path / "pipe", force=force)
    assert (tmp_path / "pipe").is_fifo()
    assert len(list(tmp_path.iterdir())) == 2


def test_a_device_is_no_target(tmp_path: Path) -> None:
    """A device is refused, by its own name or by a link."""
    (tmp_path / "link.html").symlink_to(os.devnull)
    for path in (os.devnull, tmp_path / "link.html"):
        with pytest.raises(OutputError, match="is a device, not a file"):
            check_target(path)


def test_a_link_stays_and_its_file_is_written(tmp_path: Path) -> None:
    """What a symbolic link points to is written, over several links too."""
    (tmp_path / "kept").mkdir()
    target = tmp_path / "kept" / "real.html"
    target.write_text("old", encoding="utf-8")
    (tmp_path / "one.html").symlink_to(target)
    (tmp_path / "two.html").symlink_to("one.html")
    write_text(tmp_path / "two.html", "new", force=True)
    assert (tmp_path / "two.html").readlink() == Path("one.html")
    assert target.read_text(encoding="utf-8") == "new"
    assert len(list(tmp_path.rglob("*"))) == 4


def test_a_link_to_nothing_is_there_already(tmp_path: Path) -> None:
    """A dangling link takes force as a file does, and then leads to a new file."""
    link = tmp_path / "link.html"
    link.symlink_to("gone.html")
    assert "exists already" in refusal(link, force=False)
    write_text(link, "new", force=True)
    assert link.is_symlink()
    assert (tmp_path / "gone.html").read_text(encoding="utf-8") == "new"


def test_a_link_that_leads_nowhere_is_one_sentence(tmp_path: Path) -> None:
    """Neither a missing folder behind a link nor a circle of links is followed for ever."""
    (tmp_path / "far.html").symlink_to("no/such.html")
    (tmp_path / "round.html").symlink_to("round.html")
    assert f"its folder {tmp_path / 'no'} does not exist" in refusal(tmp_path / "far.html")
    assert refusal(tmp_path / "round.html").startswith("round.html cannot be written: ")


@pytest.mark.parametrize(
    ("path", "sentence"),
    [
        ("", "The file to write has no name: give it one."),
        ("./", "./ is a folder, not a file: give the name of a file."),
        ("new/", "new/ cannot be written: its folder new does not exist, so create it first."),
        (
            "no/such/a.html",
            "a.html cannot be written: its folder no/such does not exist, so create it first.",
        ),
        ("text/a.html", "a.html cannot be written: what should be its folder is a file."),
        ("a\0.html", "a\0.html cannot be written: it has no possible name."),
    ],
)
def test_a_path_that_is_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, path: str, sentence: str
) -> None:
    """What is wrong with a path is said with its name, whatever there is of it."""
    monkeypatch.chdir(tmp_path)
    Path("text").write_text("mine", encoding="utf-8")
    assert refusal(path) == sentence
    assert os.listdir() == ["text"]


def test_names_are_as_long_as_the_system_has_them(tmp_path: Path) -> None:
    """A name of 255 bytes can be written; a longer one is one sentence."""
    longest = "é" * 125 + ".html"
    write_text(tmp_path / longest, "new")
    assert (tmp_path / longest).exists()
    assert refusal(tmp_path / f"e{longest}").endswith("too long, so choose a shorter one.")

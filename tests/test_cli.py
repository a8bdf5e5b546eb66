"""The command as people type it: what it prints where, what it writes, how it ends."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from mapper.cli import main
from mapper.cli.table import printable, render, width
from mapper.gazetteer import Gazetteer
from mapper.geodesy import distance_m
from mapper.model import Itinerary, Point

JOURNEY = "On 3 May 1911 we left Bergen. On 5 May we arrived in Oslo, and on 9 May in Uppsala."
STAYING = "Prices rose in Oslo and in Bergen last year, said the bank."
PLACELESS = "Nothing happened, and nobody said why."


def mapper(*arguments: str, stdin: str | bytes = "") -> Result:
    """Run the command in this process."""
    return CliRunner().invoke(main, arguments, input=stdin)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty current folder with the three texts in it."""
    monkeypatch.chdir(tmp_path)
    for name, text in (("journey", JOURNEY), ("staying", STAYING), ("placeless", PLACELESS)):
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    return tmp_path


def written(folder: Path) -> set[str]:
    """Return the names of what was written beside the texts."""
    return {path.name for path in folder.iterdir()} - {
        "journey.txt",
        "staying.txt",
        "placeless.txt",
    }


@pytest.mark.usefixtures("folder")
class TestMap:
    """`mapper map` writes one file, and says so on stderr."""

    def test_writes_a_page_beside(self, folder: Path) -> None:
        """Without -o the page takes the name of the text, in the current folder."""
        result = mapper("map", "journey.txt")
        assert (result.exit_code, result.stdout) == (0, "")
        assert written(folder) == {"journey.html"}
        page = (folder / "journey.html").read_text(encoding="utf-8")
        assert page.lower().startswith("<!doctype html>")
        assert "journey.html: 3 stops, " in result.stderr
        assert " km" in result.stderr

    @pytest.mark.parametrize(
        ("name", "key", "value"),
        [
            ("a.json", "format", "mapper-itinerary"),
            ("a.geojson", "type", "FeatureCollection"),
        ],
    )
    def test_suffix_says_the_format(self, folder: Path, name: str, key: str, value: str) -> None:
        """What FILE ends in is the format, without a word more."""
        assert mapper("map", "journey.txt", "-o", name).exit_code == 0
        assert json.loads((folder / name).read_text(encoding="utf-8"))[key] == value

    def test_format_wins_over_suffix(self, folder: Path) -> None:
        """--format is taken at its word."""
        assert mapper("map", "journey.txt", "-o", "a.txt", "--format", "json").exit_code == 0
        assert json.loads((folder / "a.txt").read_text(encoding="utf-8"))["version"] == 1

    def test_from_stdin_to_stdout(self, folder: Path) -> None:
        """Between two pipes data alone goes to stdout."""
        result = mapper("map", "-", "-o", "-", "--format", "json", stdin=JOURNEY)
        assert json.loads(result.stdout)["document"]["source"] == "stdin"
        assert written(folder) == set()

    def test_never_overwrites_unasked(self, folder: Path) -> None:
        """A file that exists stays as it is, unless --force is given."""
        (folder / "a.html").write_text("mine", encoding="utf-8")
        refused = mapper("map", "journey.txt", "-o", "a.html")
        assert refused.exit_code == 1
        assert "--force" in refused.stderr
        assert (folder / "a.html").read_text(encoding="utf-8") == "mine"
        assert mapper("map", "journey.txt", "-o", "a.html", "--force").exit_code == 0
        assert (folder / "a.html").read_text(encoding="utf-8") != "mine"
        assert written(folder) == {"a.html"}

    @pytest.mark.parametrize(
        ("name", "sign"), [("staying.txt", "Nobody travels"), ("placeless.txt", "No place")]
    )
    def test_nothing_to_draw(self, folder: Path, name: str, sign: str) -> None:
        """Without a journey the exit code is 3 and no file is written."""
        for form in ("html", "json", "geojson"):
            result = mapper("map", name, "--format", form)
            assert (result.exit_code, result.stdout) == (3, "")
            assert sign in result.stderr
        assert written(folder) == set()

    def test_folder_that_is_not_there(self, folder: Path) -> None:
        """A file that cannot be written is one sentence, and leaves nothing behind."""
        result = mapper("map", "journey.txt", "-o", "no/such/a.html")
        assert result.exit_code == 1
        assert result.stderr == (
            "Error: a.html cannot be written: "
            "its folder no/such does not exist, so create it first.\n"
        )
        assert written(folder) == set()

    @pytest.mark.parametrize(
        ("output", "sentence"),
        [
            ("", "The file to write has no name: give it one."),
            ("./", "./ is a folder, not a file: give the name of a file."),
            ("dir.html", "dir.html is a folder, not a file: give the name of a file."),
            ("pipe.html", "pipe.html is a named pipe, not a file: give the name of a file."),
        ],
    )
    def test_only_a_file_is_written(self, folder: Path, output: str, sentence: str) -> None:
        """What FILE is instead of a file is said, and --force changes nothing."""
        (folder / "dir.html").mkdir()
        os.mkfifo(folder / "pipe.html")
        for force in ((), ("--force",)):
            result = mapper("map", "journey.txt", "-o", output, *force)
            assert (result.exit_code, result.stderr) == (1, f"Error: {sentence}\n")
        assert written(folder) == {"dir.html", "pipe.html"}
        assert (folder / "pipe.html").is_fifo()

    @pytest.mark.parametrize("name", ["journey.txt", "soft.html", "hard.html"])
    def test_the_text_is_never_overwritten(self, folder: Path, name: str) -> None:
        """INPUT is no FILE to write to, by whatever name, and --force changes nothing."""
        (folder / "soft.html").symlink_to("journey.txt")
        (folder / "hard.html").hardlink_to(folder / "journey.txt")
        result = mapper("map", "journey.txt", "-o", name, "--format", "html", "--force")
        assert (result.exit_code, result.stdout) == (1, "")
        assert result.stderr == f"Error: {name} is INPUT itself: write to another FILE with -o.\n"
        assert (folder / "journey.txt").read_text(encoding="utf-8") == JOURNEY

    def test_a_text_with_the_name_of_a_page(self, folder: Path) -> None:
        """The name that is taken by default is refused too where it is the text's own."""
        (folder / "a.html").write_text(JOURNEY, encoding="utf-8")
        assert "a.html is INPUT itself" in mapper("map", "a.html", "--force").stderr
        assert (folder / "a.html").read_text(encoding="utf-8") == JOURNEY

    def test_a_file_in_the_way_is_told_before_the_text_is_read(self, folder: Path) -> None:
        """Nobody waits for an analysis, or reads its warnings, only to be refused."""
        (folder / "a.html").write_text("mine", encoding="utf-8")
        result = mapper("map", "no.txt", "-o", "a.html")
        assert result.stderr == "Error: a.html exists already: overwrite it with --force.\n"

    @pytest.mark.parametrize("option", [(), ("-o",)])
    def test_too_long_a_name(self, folder: Path, option: tuple[str, ...]) -> None:
        """A name that no file can have is one sentence of a readable length."""
        result = mapper("map", *(("journey.txt",) if option else ()), *option, "a" * 5000 + ".html")
        assert result.exit_code == 1
        assert result.stderr.endswith("too long, so choose a shorter one.\n")
        assert len(result.stderr) < 400
        assert written(folder) == set()

    def test_an_input_without_a_name(self, folder: Path) -> None:
        """No name at all is wrong usage; a folder is named as it was typed."""
        empty = mapper("map", "")
        assert empty.exit_code == 2
        assert "INPUT is empty: name a text file, or - for stdin." in empty.stderr
        result = mapper("map", ".")
        assert result.exit_code == 1
        assert result.stderr == "Error: . cannot be read: it is a folder, not a file.\n"
        assert written(folder) == set()

    def test_title_and_published(self) -> None:
        """What the text does not say can be said for it."""
        result = mapper(
            *("map", "journey.txt", "-o", "-", "--format", "json"),
            *("--title", "North", "--published", "1911-06-01"),
        )
        document = json.loads(result.stdout)["document"]
        assert (document["title"], document["published"]) == ("North", "1911-06-01")

    @pytest.mark.parametrize(
        "arguments",
        [
            ("-o", "a.xyz"),
            ("--published", "1 June"),
            ("--published", "1911-02-30"),
            ("--published", "0001-01-01"),
            ("--published", "9999-12-31"),
            ("--format", "docx"),
            ("--nonsense",),
        ],
    )
    def test_wrong_usage(self, folder: Path, arguments: tuple[str, ...]) -> None:
        """Wrong usage is exit code 2 and writes nothing."""
        assert mapper("map", "journey.txt", *arguments).exit_code == 2
        assert written(folder) == set()

    def test_stdin_needs_a_name(self) -> None:
        """A text without a name asks where to write."""
        assert mapper("map", "-", stdin=JOURNEY).exit_code == 2

    def test_unknown_format(self) -> None:
        """A format that no plugin has is wrong usage, and those there are get named."""
        result = mapper("map", "journey.txt", "--format", "docx")
        assert result.exit_code == 2
        assert "geojson, html, json" in result.stderr

    def test_same_input_same_bytes(self, folder: Path) -> None:
        """Two runs write the same bytes."""
        mapper("map", "journey.txt", "-o", "a.html")
        mapper("map", "journey.txt", "-o", "b.html")
        assert (folder / "a.html").read_bytes() == (folder / "b.html").read_bytes()


@pytest.mark.usefixtures("folder")
class TestStopsAndPlaces:
    """What was understood, as a table or as JSON."""

    def test_stops_as_table(self) -> None:
        """The table has the stops in travel order, with country, date and distance."""
        lines = mapper("stops", "journey.txt").stdout.splitlines()
        assert lines[0].split() == ["No.", "Stop", "Where", "Date", "Status", "Score", "km"]
        assert [line.split()[1] for line in lines[1:]] == ["Bergen", "Oslo", "Uppsala"]
        assert "Norway" in lines[2]
        assert "1911-05-05" in lines[2]

    def test_stops_as_json(self) -> None:
        """The JSON is the itinerary, and can be read back."""
        data = json.loads(mapper("stops", "journey.txt", "--format", "json").stdout)
        assert (data["format"], data["version"]) == ("mapper-itinerary", 1)
        assert [stop.name for stop in Itinerary.from_dict(data).stops] == [
            "Bergen",
            "Oslo",
            "Uppsala",
        ]

    def test_places_as_json(self) -> None:
        """Every mention has its span, place, score, candidates and reasons."""
        data = json.loads(mapper("places", "journey.txt", "--format", "json").stdout)
        assert (data["format"], data["version"]) == ("mapper-places", 1)
        for mention in data["mentions"]:
            text = data["document"]["text"][mention["start"] : mention["end"]]
            assert text == mention["text"]
            assert mention["candidates"][0]["place"] == mention["place"]
            assert mention["reasons"]

    def test_places_as_table(self) -> None:
        """The table has a line for each mention, with its span and reasons."""
        lines = mapper("places", "journey.txt").stdout.splitlines()
        start = JOURNEY.index("Bergen")
        assert lines[1].split()[:2] == [f"{start}-{start + 6}", "Bergen"]
        assert len(lines) == 4

    def test_exit_codes(self) -> None:
        """`stops` needs a journey, `places` only a place; JSON is printed all the same."""
        assert mapper("stops", "staying.txt").exit_code == 3
        assert mapper("places", "staying.txt").exit_code == 0
        for command in ("stops", "places"):
            result = mapper(command, "placeless.txt", "--format", "json")
            assert result.exit_code == 3
            assert json.loads(result.stdout)["mentions"] == []

    @pytest.mark.parametrize(
        ("data", "sign"), [(b"", "empty"), (b"a\x00b", "binary"), (b"%PDF-1.4", "PDF")]
    )
    def test_bad_input(self, data: bytes, sign: str) -> None:
        """What is no text ends in one sentence on stderr, and no traceback."""
        result = mapper("places", "-", stdin=data)
        assert (result.exit_code, result.stdout) == (1, "")
        assert sign in result.stderr
        assert len(result.stderr.splitlines()) == 1

    def test_missing_file(self) -> None:
        """A file that is not there is an error that names it."""
        result = mapper("stops", "no.txt")
        assert result.exit_code == 1
        assert result.stderr == "Error: no.txt cannot be read: there is no such file.\n"

    def test_hostile_text_cannot_drive_the_terminal(self) -> None:
        """Escape sequences in a text are spelled out in tables, warnings and errors."""
        text = JOURNEY.replace("Oslo", "Oslo\x1b[2J\u202e")
        shown = mapper("places", "-", stdin=text), mapper("stops", "\x1b[2J.txt")
        for result in shown:
            assert "\x1b" not in result.output
            assert "\u202e" not in result.output


class TestDistance:
    """`mapper distance` measures along the geodesic."""

    def test_legs_and_total(self) -> None:
        """Each leg has its line, the last line is the sum."""
        lines = mapper("distance", "Oslo", "59.33,18.07", "Oslo").stdout.splitlines()
        assert lines[0].split()[-1] == "km"
        there, back, total = (float(line.split()[-1].replace(",", "")) for line in lines[1:])
        assert there == back
        assert total == pytest.approx(2 * there, abs=0.11)

    def test_coordinates_are_taken_exactly(self) -> None:
        """A point in decimal degrees is that point, negative ones too."""
        result = mapper("distance", "-33.9,151.2", "-41.3, 174.8")
        expected = distance_m(Point(lat=-33.9, lon=151.2), Point(lat=-41.3, lon=174.8))
        assert f"{expected / 1000:,.1f}" in result.stdout

    @pytest.mark.parametrize(
        ("name", "where"),
        [
            ("Paris", "Paris, Île-de-France, France"),
            ("Paris, Texas", "Paris, Texas, United States"),
            ("Paris, US", "United States"),
            ("Springfield, Illinois, US", "Springfield, Illinois, United States"),
        ],
    )
    def test_the_chosen_place_is_shown(self, name: str, where: str) -> None:
        """Which place of a name was taken is said with region and country."""
        assert where in mapper("distance", name, "Oslo").stdout

    def test_unknown_place(self) -> None:
        """An unknown name is one sentence, with names that come near where there are any."""
        result = mapper("distance", "Xqzzyt", "Oslo")
        assert (result.exit_code, result.stdout) == (1, "")
        assert result.stderr.startswith("Error: No place named 'Xqzzyt' is in the gazetteer")
        assert len(result.stderr.splitlines()) == 1

    def test_point_off_the_earth(self) -> None:
        """A latitude beyond the pole is refused with the order that is meant."""
        result = mapper("distance", "91,0", "0,0")
        assert result.exit_code == 2
        assert "Error: 91, 0 is no point on Earth: give latitude (-90 to 90)" in result.stderr

    @pytest.mark.parametrize("option", ["--bogus", "-x", "-"])
    def test_an_option_is_no_place(self, option: str) -> None:
        """A minus begins a place only with a digit behind it."""
        result = mapper("distance", option, "Oslo")
        assert result.exit_code == 2
        assert f"No such option '{option}'" in result.stderr

    def test_one_place_is_no_distance(self) -> None:
        """Fewer than two places are wrong usage."""
        assert mapper("distance", "Oslo").exit_code == 2
        assert mapper("distance").exit_code == 2


class TestGazetteerAndPlugins:
    """The commands that look into what is installed."""

    def test_info(self) -> None:
        """The version and the counts are shown, as a table and as JSON."""
        data = json.loads(mapper("gazetteer", "info", "--format", "json").stdout)
        assert data["places"] > 100_000
        assert data["version"] in mapper("gazetteer", "info").stdout

    def test_search(self) -> None:
        """A search gives as many lines as asked for, the best known place first."""
        lines = mapper("gazetteer", "search", "Springfield", "--limit", "3").stdout.splitlines()
        assert len(lines) == 4
        assert all("United States" in line for line in lines[1:])

    def test_search_finds_nothing(self) -> None:
        """A name like no other is an error."""
        assert mapper("gazetteer", "search", "Xqzzyt").exit_code == 1

    @pytest.mark.parametrize("limit", ["0", "1001", str(2**63 - 1), str(2**80)])
    def test_search_has_a_largest_limit(self, limit: str) -> None:
        """A limit that nobody would read to its end is wrong usage."""
        result = mapper("gazetteer", "search", "Oslo", "--limit", limit)
        assert result.exit_code == 2
        assert "1<=x<=1000" in result.stderr

    def test_search_in_python_takes_any_limit(self, gazetteer: Gazetteer) -> None:
        """A number that the database does not have asks for all there are."""
        assert gazetteer.search("Oslo", limit=2**63) == gazetteer.search("Oslo", limit=10_000)

    @pytest.mark.parametrize("command", [("gazetteer", "search"), ("distance", "Oslo")])
    def test_a_long_name_is_shortened(self, command: tuple[str, ...]) -> None:
        """Of a message the two ends are shown: what is wrong, and what mends it."""
        result = mapper(*command, "a" * 100_000)
        assert result.exit_code == 1
        assert result.stderr.startswith("Error: No ")
        assert "aaa…aaa" in result.stderr
        assert result.stderr.splitlines()[-1].endswith((": try a part of it.", "longitude."))
        assert len(result.stderr) < 400

    def test_plugins(self) -> None:
        """The built-ins are listed, and work."""
        lines = mapper("plugins").stdout.splitlines()[1:]
        assert {line.split()[0] for line in lines} == {
            "mapper.readers",
            "mapper.recognizers",
            "mapper.geocoders",
            "mapper.exporters",
        }
        assert all(line.endswith("ok") for line in lines)


def _commands(group: click.Command, path: tuple[str, ...] = ()) -> list[tuple[str, ...]]:
    below = group.commands.items() if isinstance(group, click.Group) else ()
    return [path, *(found for name, sub in below for found in _commands(sub, (*path, name)))]


class TestHelp:
    """Every command explains itself, cheaply."""

    @pytest.mark.parametrize("path", _commands(main), ids=lambda path: " ".join(path) or "mapper")
    def test_help_has_an_example(self, path: tuple[str, ...]) -> None:
        """-h and --help say the same, with an example to copy."""
        short, long = mapper(*path, "-h"), mapper(*path, "--help")
        assert (short.exit_code, short.stdout) == (0, long.stdout)
        assert " ".join(("  mapper", *path)) in short.stdout.split("Example")[1]

    def test_version(self) -> None:
        """--version is one line."""
        assert mapper("--version").stdout.split()[0] == "mapper"

    def test_no_command(self) -> None:
        """Without a command the help is shown, as wrong usage."""
        result = mapper()
        assert result.exit_code == 2
        assert "Usage:" in result.output


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """Run the command in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "mapper", *arguments],
        capture_output=True,
        check=False,
        env=os.environ | environment,
    )


def redirected(redirection: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the command from a shell that redirects its streams."""
    return subprocess.run(
        ["sh", "-c", f'exec "$0" -m mapper "$@" {redirection}', sys.executable, *arguments],
        capture_output=True,
        check=False,
        encoding="utf-8",
    )


def printing_commands() -> pytest.MarkDecorator:
    """Run a test once for each way to print: a table, JSON, a page, a help, a version."""
    return pytest.mark.parametrize(
        "arguments",
        [
            ("distance", "Oslo", "Bergen"),
            ("stops", "journey.txt", "--format", "json"),
            ("map", "journey.txt", "-o", "-"),
            ("stops", "--help"),
            ("--version",),
        ],
        ids=" ".join,
    )


@pytest.mark.usefixtures("folder")
class TestProcess:
    """What only a real process shows."""

    @printing_commands()
    def test_closed_stdout(self, arguments: tuple[str, ...]) -> None:
        """What cannot be printed is an error, said in one sentence."""
        result = redirected(">&-", *arguments)
        assert result.returncode == 1
        assert result.stderr == (
            "Error: Standard output is closed: send it to a file or pipe that takes it.\n"
        )

    @pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
    @printing_commands()
    def test_full_stdout(self, arguments: tuple[str, ...]) -> None:
        """What is not printed to its end is an error, said in one sentence."""
        result = redirected("> /dev/full", *arguments)
        assert result.returncode == 1
        assert result.stderr == (
            "Error: Standard output cannot be written, no space left on device: "
            "send it to a file or pipe that takes it.\n"
        )

    def test_closed_stdin(self) -> None:
        """A text cannot come from a stream that is closed; nothing else needs it."""
        result = redirected("<&-", "stops", "-")
        assert (result.returncode, result.stdout) == (1, "")
        assert result.stderr == (
            "Error: Standard input is closed: name a file, or pipe a text into it.\n"
        )
        assert redirected("<&-", "stops", "journey.txt").returncode == 0

    def test_a_file_is_written_with_every_stream_closed(self, folder: Path) -> None:
        """A file needs no stream, and takes the place of none."""
        assert redirected("<&- >&- 2>&-", "map", "journey.txt").returncode == 0
        page = (folder / "journey.html").read_text(encoding="utf-8")
        assert page.lower().startswith("<!doctype html>")

    def test_a_redirected_text_is_never_overwritten(self, folder: Path) -> None:
        """The file behind stdin is INPUT as well."""
        command = ("map", "-", "-o", "journey.txt", "--format", "html", "--force")
        result = redirected("< journey.txt", *command)
        assert result.returncode == 1
        assert "journey.txt is INPUT itself" in result.stderr
        assert (folder / "journey.txt").read_text(encoding="utf-8") == JOURNEY

    def test_stdout_is_utf8_in_any_locale(self) -> None:
        """Names come out in UTF-8 although the terminal claims another encoding."""
        result = run("gazetteer", "search", "Zürich", PYTHONIOENCODING="latin-1", PYTHONUTF8="0")
        assert result.returncode == 0
        assert "Zürich" in result.stdout.decode("utf-8")

    def test_closed_pipe_is_silent(self) -> None:
        """A reader that goes away, such as head, causes no message."""
        program = [sys.executable, "-m", "mapper", "gazetteer", "info"]
        reading, writing = os.pipe()
        os.close(reading)
        try:
            result = subprocess.run(
                program, stdout=writing, stderr=subprocess.PIPE, check=False, timeout=60
            )
        finally:
            os.close(writing)
        assert result.stderr == b""

    def test_help_loads_nothing_heavy(self) -> None:
        """The help comes without the libraries that the commands need."""
        program = (
            "import sys\nfrom mapper.cli import main\n"
            "try: main(['--help'])\nexcept SystemExit: pass\n"
            "heavy = {'folium', 'shapely', 'numpy', 'geopy', 'sqlite3', 'mapper.pipeline'}\n"
            "sys.exit(str(heavy & set(sys.modules)) if heavy & set(sys.modules) else 0)\n"
        )
        result = subprocess.run([sys.executable, "-c", program], capture_output=True, check=False)
        assert result.returncode == 0, result.stderr

    def test_a_file_name_that_is_no_utf8(self, tmp_path: Path) -> None:
        """A file name in another encoding is still a file."""
        path = os.fsencode(tmp_path) + b"/Z\xfcrich.txt"
        Path(os.fsdecode(path)).write_text(JOURNEY, encoding="utf-8")
        result = subprocess.run(
            [sys.executable, "-m", "mapper", "stops", path, "--format", "json"],
            capture_output=True,
            check=False,
        )
        assert result.returncode == 0
        assert json.loads(result.stdout)["document"]["source"] == "Z\ufffdrich.txt"


class TestTable:
    """Tables are aligned by what a terminal shows, and safe whatever they hold."""

    def test_columns_are_aligned_by_cells(self) -> None:
        """Wide characters count twice, combining ones not at all."""
        table = render(("Name", "km"), [("東京", 1), ("Québec", 22), ("e\u0301", None)])
        assert [width(line) for line in table.splitlines()[:3]] == [10, 10, 10]
        assert table.splitlines()[1] == "東京     1"

    @given(st.lists(st.tuples(st.text(), st.text()), max_size=5), st.integers(20, 60))
    def test_hostile_cells(self, rows: list[tuple[str, str]], limit: int) -> None:
        """One row is one line, nothing unprintable is left, and no line passes the limit."""
        lines = render(("One", "Two"), rows, limit=limit).split("\n")
        assert len(lines) == len(rows) + 2
        assert all(printable(line) == line for line in lines)
        assert all(width(line) <= limit for line in lines)

    @given(st.text())
    def test_printable_is_stable(self, text: str) -> None:
        """What has been made printable stays as it is."""
        assert printable(printable(text)) == printable(text)

    def test_a_cut_cell_says_so(self) -> None:
        """A cell that is cut ends in an ellipsis."""
        assert render(("A",), [("abcdefghijkl",)], limit=9).splitlines()[1] == "abcdefgh…"


GOLD = [
    {"id": "a", "text": "We went to Leeds and York.", "toponyms": [
        {"start": 11, "end": 16, "name": "Leeds", "lat": 53.8, "lon": -1.55},
        {"start": 21, "end": 25, "name": "York", "lat": 53.96, "lon": -1.08},
    ]},
    {"id": "b", "text": "They live in Bergen.", "toponyms": [
        {"start": 13, "end": 19, "name": "Bergen", "lat": 60.39, "lon": 5.32},
    ]},
]  # fmt: skip


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    """A small file of annotated texts."""
    path = tmp_path / "gold.jsonl"
    path.write_text("".join(json.dumps(record) + "\n" for record in GOLD), encoding="utf-8")
    return path


class TestEvaluate:
    """`mapper evaluate toponyms` measures, and shows what it found."""

    def test_it_prints_every_measure(self, gold: Path) -> None:
        """With and without countries, each with its interval."""
        done = mapper("evaluate", "toponyms", str(gold))
        assert done.exit_code == 0
        assert "overlap f1" in done.stdout
        assert "end to end within 161 km" in done.stdout

    def test_json_says_the_same(self, gold: Path) -> None:
        """The values are there for another program."""
        done = mapper("evaluate", "toponyms", str(gold), "--format", "json")
        measures = json.loads(done.stdout)["all"]["measures"]
        assert measures["overlap f1"]["value"] == 1.0

    def test_predictions_have_the_form_of_gold(self, gold: Path, tmp_path: Path) -> None:
        """One line for each text, with its names; a file is not overwritten unasked."""
        out = tmp_path / "found.jsonl"
        asked = ("evaluate", "toponyms", str(gold), "--predictions", str(out))
        assert mapper(*asked).exit_code == 0
        lines = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
        assert [[it["name"] for it in line["toponyms"]] for line in lines] == [
            ["Leeds", "York"],
            ["Bergen"],
        ]
        assert mapper(*asked).exit_code == 1
        assert mapper(*asked, "--force").exit_code == 0

    def test_reliability_is_a_table_of_scores(self, gold: Path) -> None:
        """Names by their score, and the share that is right."""
        done = mapper("evaluate", "toponyms", str(gold), "--reliability", "--format", "json")
        assert sum(it["names"] for it in json.loads(done.stdout)["bins"]) == 3

    def test_bad_gold_is_one_sentence(self, tmp_path: Path) -> None:
        """The file and its line are named."""
        path = tmp_path / "bad.jsonl"
        path.write_text("nought\n", encoding="utf-8")
        done = mapper("evaluate", "toponyms", str(path))
        assert done.exit_code == 1
        assert "bad.jsonl, line 1" in done.stderr


class TestTrain:
    """`mapper train recognizer` makes a model that `mapper evaluate` takes."""

    def test_a_model_and_its_manifest(self, gold: Path, tmp_path: Path) -> None:
        """The manifest says what was learnt from, and how good it is."""
        model = tmp_path / "small.crf"
        asked = ("train", "recognizer", str(gold), "-o", str(model), "--swaps", "1")
        done = mapper(*asked, "--test", str(gold), "--folds-of", str(gold), "--folds", "2")
        assert done.exit_code == 0, done.stderr
        manifest = json.loads(model.with_suffix(".json").read_text(encoding="utf-8"))
        assert [it["name"] for it in manifest["corpora"]] == ["gold.jsonl"]
        assert set(manifest["scores"]) == {
            "gold.jsonl, not learnt from",
            "gold.jsonl, 2 folds by text",
        }
        measured = mapper("evaluate", "toponyms", str(gold), "--model", str(model))
        assert measured.exit_code == 0
        assert mapper(*asked).exit_code == 1

    def test_folds_are_of_a_corpus(self, gold: Path, tmp_path: Path) -> None:
        """Texts that are not learnt from need no folds."""
        other = tmp_path / "other.jsonl"
        other.write_bytes(gold.read_bytes())
        asked = ("train", "recognizer", str(gold), "-o", str(tmp_path / "small.crf"))
        assert mapper(*asked, "--folds-of", str(other)).exit_code == 2


JOURNEYS = [
    ("a", "On 3 May 1911 we left Bergen. On 5 May we arrived in Oslo.", ("Bergen", "Oslo")),
    ("b", "On 7 June 1911 we left Lima. On 9 June we had tea in Cusco.", ("Lima", "Cusco")),
    ("c", "Prices rose in Oslo and in Bergen last year, said the bank.", ()),
]


@pytest.fixture
def journeys(tmp_path: Path) -> Path:
    """A folder with three texts and their journeys."""
    folder = tmp_path / "cases"
    folder.mkdir()
    gazetteer = Gazetteer.open()
    for name, text, stops in JOURNEYS:
        places = {stop: gazetteer.lookup(stop)[0].place for stop in stops}
        gold = [
            {"name": stop, "lat": it.lat, "lon": it.lon, "status": "visited"}
            for stop, it in places.items()
        ]
        record = {"id": name, "text": text, "stops": gold}
        (folder / f"{name}.json").write_text(json.dumps(record), encoding="utf-8")
    return folder


class TestEvaluateItineraries:
    """`mapper evaluate itineraries` measures journeys, and says what went wrong."""

    def test_it_prints_every_measure(self, journeys: Path) -> None:
        """Each with its interval over texts."""
        done = mapper("evaluate", "itineraries", str(journeys))
        assert done.exit_code == 0
        for measure in ("stop f1", "order tau-b", "planned f1", "dates wrong", "false routes"):
            assert measure in done.stdout

    def test_json_predictions_and_errors(self, journeys: Path, tmp_path: Path) -> None:
        """All three for another program; a file is not overwritten unasked."""
        out = tmp_path / "found.jsonl"
        asked = ("evaluate", "itineraries", str(journeys), "--format", "json")
        done = mapper(*asked, "--predictions", str(out))
        assert json.loads(done.stdout)["measures"]["stop precision"]["value"] == 1.0
        lines = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
        assert [stop["name"] for stop in lines[0]["stops"]] == ["Bergen", "Oslo"]
        assert mapper(*asked, "--predictions", str(out)).exit_code == 1
        errors = json.loads(mapper(*asked, "--errors").stdout)["errors"]
        assert {it["document"] for it in errors} <= {"a", "b", "c"}

    def test_gold_is_never_overwritten(self, journeys: Path, gold: Path, tmp_path: Path) -> None:
        """Not even by force: it is INPUT itself."""
        case, before = journeys / "a.json", gold.read_bytes()
        model = ("train", "visits", str(gold), "-o", str(gold), "--force")
        for asked in (
            ("evaluate", "toponyms", str(gold), "--predictions", str(gold), "--force"),
            ("evaluate", "itineraries", str(gold), "--predictions", str(gold), "--force"),
            ("train", "recognizer", str(gold), "-o", str(gold), "--force"),
            model,
        ):
            done = mapper(*asked)
            assert done.exit_code == 1
            assert "is INPUT itself" in done.stderr
        assert gold.read_bytes() == before
        assert case.is_file()

    def test_bad_gold_is_one_sentence(self, journeys: Path) -> None:
        """File and field are named, by whichever command reads it."""
        (journeys / "d.json").write_text('{"text": "Oslo.", "stops": [{}]}', encoding="utf-8")
        for command in (("evaluate", "itineraries"), ("train", "visits", "-o", "w.json")):
            done = mapper(*command, str(journeys))
            assert done.exit_code == 1
            assert "d.json: number 1 of stops has the status None" in done.stderr


class TestTrainVisits:
    """`mapper train visits` makes weights out of journeys that are known."""

    def test_weights_and_what_they_are_of(self, journeys: Path, tmp_path: Path) -> None:
        """The file has the weights, the texts and the scores, the same each time."""
        files = [tmp_path / name for name in ("once.json", "again.json")]
        for file in files:
            asked = ("train", "visits", str(journeys), "-o", str(file))
            done = mapper(*asked, "--folds-of", str(journeys), "--folds", "3")
            assert done.exit_code == 0, done.stderr
        assert files[0].read_bytes() == files[1].read_bytes()
        described = json.loads(files[0].read_text(encoding="utf-8"))
        assert [it["texts"] for it in described["corpora"]] == [3]
        assert set(described["scores"]) == {"cases, 3 folds by text"}
        assert str(tmp_path) not in files[0].read_text(encoding="utf-8")

    def test_folds_are_of_a_collection(self, journeys: Path, tmp_path: Path) -> None:
        """Texts that are not learnt from need no folds."""
        asked = ("train", "visits", str(journeys), "-o", str(tmp_path / "w.json"))
        assert mapper(*asked, "--folds-of", str(tmp_path)).exit_code == 2


@pytest.mark.usefixtures("folder")
class TestExplain:
    """`mapper explain` tells the whole chain for each name."""

    def test_from_the_name_to_the_order(self) -> None:
        """Sentence, candidates with reasons, status with cue, date, stop."""
        done = mapper("explain", "journey.txt", "Oslo")
        assert done.exit_code == 0
        for part in (
            "we arrived in Oslo",
            "place: Oslo",
            "not chosen",
            "journey: visited, by “arrived”",
            "date: 1911-05-05, from “5 May”",
            "stop: number 2 of 3",
        ):
            assert part in done.stdout
        assert "Bergen  (" not in done.stdout

    def test_without_names_all_are_told(self) -> None:
        """In the order of the text."""
        told = mapper("explain", "staying.txt").stdout
        assert told.index("Oslo  (") < told.index("Bergen  (")
        assert told.count("stop: none") == 2

    def test_a_name_that_is_not_there(self) -> None:
        """The names there are, are listed."""
        done = mapper("explain", "journey.txt", "Lima")
        assert done.exit_code == 1
        assert "Bergen, Oslo, Uppsala" in done.stderr

    def test_hostile_names_stay_text(self, folder: Path) -> None:
        """Nothing that a terminal obeys is passed on."""
        (folder / "bad.txt").write_text("We left \x1b[31mBergen\x1b[0m for Oslo.", encoding="utf-8")
        assert "\x1b" not in mapper("explain", "bad.txt").stdout


@pytest.mark.usefixtures("folder")
class TestPlacesWithoutARoute:
    """`mapper map --places` draws what is named where nobody travels."""

    def test_without_it_there_is_no_map(self, folder: Path) -> None:
        """The exit code is 3, and the sentence says what to do."""
        done = mapper("map", "staying.txt")
        assert done.exit_code == 3
        assert "mapper map --places" in done.stderr
        assert written(folder) == set()

    def test_with_it_there_is(self, folder: Path) -> None:
        """Every place once, in the order of the text, and no leg."""
        done = mapper("map", "staying.txt", "--places", "-o", "staying.json")
        assert (done.exit_code, done.stderr) == (0, "staying.json: 2 places\n")
        made = json.loads((folder / "staying.json").read_text(encoding="utf-8"))
        assert [stop["name"] for stop in made["stops"]] == ["Oslo", "Bergen"]
        assert {stop["status"] for stop in made["stops"]} == {"mentioned"}
        assert made["legs"] == []

    def test_the_page_says_that_they_are_places(self, folder: Path) -> None:
        """Neither stops nor plans."""
        assert mapper("map", "staying.txt", "--places").exit_code == 0
        page = (folder / "staying.html").read_text(encoding="utf-8")
        assert "2 places" in page
        assert "Places, in the order of the text" in page
        assert "Stops, in travel order" not in page

    def test_a_text_without_places_has_nothing_to_draw(self) -> None:
        """No place, no map."""
        assert mapper("map", "placeless.txt", "--places").exit_code == 3

    def test_a_traveller_who_is_not_there(self, folder: Path) -> None:
        """One sentence, and no file."""
        done = mapper("map", "journey.txt", "--traveller", "Zoe Hart")
        assert done.exit_code == 1
        assert "nobody called 'Zoe Hart'" in done.stderr
        assert written(folder) == set()

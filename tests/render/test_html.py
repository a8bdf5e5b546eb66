"""The page as it is written, before any browser sees it."""

from __future__ import annotations

import base64
import hashlib
import html
import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from mapper import render
from mapper.errors import NothingToDrawError, OutputError
from mapper.model import Attribution, Itinerary, Outcome, Point, VisitStatus
from mapper.render.html import inert_json
from tests.builders import Halt, day, halts_at, journey, place
from tests.render.hostile import HOSTILE

LARGEST_REGIONAL_PAGE = 300_000


class Outline(HTMLParser):
    """The tags of a page with the names of their attributes, and its words."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, tuple[str, ...]]] = []
        self.links: list[str | None] = []
        self.open: list[str] = []
        self.texts: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a tag."""
        self.tags.append((tag, tuple(name for name, _ in attrs)))
        self.open.append(tag)
        self.links += [value for name, value in attrs if name == "href"]

    def handle_endtag(self, tag: str) -> None:
        """Leave a tag."""
        while self.open and self.open.pop() != tag:
            pass

    def handle_data(self, data: str) -> None:
        """Keep what is neither program nor style."""
        if not {"script", "style"} & set(self.open):
            self.texts.append(data)

    @property
    def words(self) -> str:
        """All words of the page on one line."""
        return " ".join("".join(self.texts).split())


def region(text: str = "") -> Itinerary:
    """Return a journey with something of everything, `text` in every field that holds any."""
    rival = place(f"Bergen{text}", Point(lat=53.0, lon=9.0), country="DE")
    halts = [
        Halt(
            name=f"Oslo{text}",
            point=Point(lat=59.91, lon=10.75),
            country="NO",
            admin1="12",
            arrival=day("2023-09-13"),
            sentence=f"They met in Oslo.{text}",
        ),
        Halt(
            name=f"the fish market{text}",
            place_name=f"Bergen Fish Market{text}",
            point=Point(lat=60.39, lon=5.32),
            arrival=day("2023-09-14"),
            departure=day("2023-09-16"),
            outcome=Outcome.UNCERTAIN,
            rivals=(rival,),
        ),
        Halt(name=f"Nowhere{text}", point=None, status=VisitStatus.PASSED),
        Halt(name=f"Stavanger{text}", point=Point(lat=58.97, lon=5.73), status=VisitStatus.PLANNED),
    ]
    return journey(
        halts,
        title=f"A fishing trip{text}",
        source=f"trip.txt{text}",
        traveller=f"The minister{text}",
        mentioned=[
            (f"Rome{text}", Point(lat=41.9, lon=12.5)),
            (f"Rome{text}", Point(lat=41.9, lon=12.5)),
            (f"Atlantis{text}", None),
        ],
        stated=[(f"about 300 km{text}", 300_000, 305_000.0), (f"12 miles{text}", 19_312, None)],
        warnings=[f"One stop has no place.{text}"],
        attribution=[
            Attribution(name=f"Names{text}", licence=f"CC{text}", url=f"https://example.org/{text}")
        ],
        version=f"0.0.0{text}",
    )


@pytest.fixture(scope="module")
def page() -> str:
    """The page of a journey with something of everything."""
    return render.to_html(region())


def test_page_says_what_was_found(page: str) -> None:
    """Title, summary, stops, evidence, doubt, plans and all other names are in the page."""
    words = Outline(page).words
    for expected in (
        "A fishing trip",
        "The minister · 3 stops · 1 planned · 13–16 Sept 2023 · 306 km as the crow flies",
        "Norway 13 Sept 2023 “ They met in Oslo. ”",
        "Bergen Fish Market 14–16 Sept 2023",
        "Uncertain: perhaps Bergen, Germany",
        "Not located, so not on the map.",
        "Planned ↓ after 160 km",
        "The text says “about 300 km” (Oslo – the fish market); geodesic 305 km.",
        "The text says “12 miles”; it does not name both ends",
        "Mentioned, not on the route (1) Rome (2 times)",
        "Not located Atlantis",
        "Warnings One stop has no place.",
        "Source: trip.txt, published 16 Sept 2023",
        "made with Itinerary Mapper 0.0.0",
        "Names (CC)",
        "The map needs JavaScript; the list below holds the same information.",
    ):
        assert expected.replace(" ", "") in words.replace(" ", "").replace("\u202f", ""), expected


def test_page_is_small(page: str) -> None:
    """A regional trip stays under 300 KB, Leaflet and the base map inside."""
    assert len(page.encode()) < LARGEST_REGIONAL_PAGE


def test_page_is_the_same_each_time(page: str) -> None:
    """No id, no order, no earlier rendering shows in the bytes."""
    shown = render.folium_map(region())
    assert shown.get_root().render() == page
    assert shown.get_root().render() == page
    assert render.to_html(region()) == page


def test_policy_names_every_script_and_style(page: str) -> None:
    """The policy allows what the page holds, by its hash, and nothing else."""
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', page)[1]
    rules = dict(rule.split(" ", 1) for rule in policy.split("; "))
    assert rules["default-src"] == "'none'"
    for tag in ("script", "style"):
        codes = re.findall(rf"<{tag}>(.*?)</{tag}>", page, re.DOTALL)
        digests = [base64.b64encode(hashlib.sha256(it.encode()).digest()) for it in codes]
        assert rules[f"{tag}-src"].split() == [f"'sha256-{it.decode()}'" for it in digests]


def test_page_links_nowhere_but_to_credits(page: str) -> None:
    """The only addresses of the page are those of its sources."""
    outline = Outline(page)
    assert all(link.startswith("https://") for link in outline.links)
    assert not {"link", "img", "iframe", "object"} & {tag for tag, _ in outline.tags}


@pytest.mark.parametrize("address", ["javascript:alert(1)", "https://a b", "data:text/html,x", ""])
def test_credit_with_an_odd_address_has_no_link(address: str) -> None:
    """Only addresses on the web become links."""
    credit = Attribution(name="Odd", licence="none", url=address)
    page = render.to_html(journey(halts_at(("Oslo", 59.9, 10.7)), attribution=[credit]))
    assert address not in Outline(page).links
    assert "Odd" in Outline(page).words


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_only_text(page: str, text: str) -> None:
    """Whatever a text holds, the tags of the page stay the same, and the words are there."""
    hostile = Outline(render.to_html(region(text)))
    plain = [tag for tag in Outline(page).tags if tag[0] != "a"]
    assert [tag for tag in hostile.tags if tag[0] != "a"] == plain
    assert "".join(text.split()) in hostile.words.replace(" ", "")


@pytest.mark.parametrize("text", HOSTILE)
def test_data_block_is_inert(text: str) -> None:
    """The data reads back as it was, and holds nothing that HTML or a template acts on."""
    written = inert_json({"name": text})
    assert json.loads(written) == {"name": text}
    assert not re.search(r"[<>&\u2028\u2029]|\{\{|\{%|\{#", written)


def test_marks_of_direction_and_controls_are_taken_out() -> None:
    """A name cannot turn the words around it, nor hide behind unseen characters."""
    odd = "Os\u202elo\x00\u200f Nu\ud800uk"
    page = render.to_html(journey(halts_at((odd, 59.9, 10.7)), title=odd))
    assert not re.search("[\x00\u200f\u202e\ud800]", page)
    assert "Oslo Nu\ufffduk" in page


def test_language_of_the_document_is_that_of_the_page() -> None:
    """A language that is none is not repeated."""
    halts = halts_at(("Oslo", 59.9, 10.7))
    assert '<html lang="nb-NO">' in render.to_html(journey(halts, language="nb-NO"))
    assert '<html lang="en">' in render.to_html(journey(halts, language='x" onload="'))


def test_frame_for_a_notebook_holds_the_page(page: str) -> None:
    """The frame is sandboxed, has a height, and carries the page itself."""
    frame = render.notebook_html(region())
    assert 'sandbox="allow-scripts' in frame
    assert "allow-same-origin" not in frame
    assert 'height="640"' in frame
    assert html.unescape(re.search(r'srcdoc="([^"]*)"', frame)[1]) == page


def test_journey_saves_and_shows_itself(tmp_path: Path, page: str) -> None:
    """`Itinerary.save` writes the page; a notebook shows it."""
    target = tmp_path / "map.html"
    region().save(target)
    assert target.read_text(encoding="utf-8") == page
    assert [it.name for it in tmp_path.iterdir()] == ["map.html"]
    assert region()._repr_html_() == render.notebook_html(region())


def test_file_is_not_overwritten_unasked(tmp_path: Path) -> None:
    """A file that is there stays, unless it is said that it may go."""
    target = tmp_path / "map.html"
    target.write_text("mine", encoding="utf-8")
    with pytest.raises(OutputError, match=r"map\.html.*force"):
        render.save(region(), target)
    assert target.read_text(encoding="utf-8") == "mine"
    render.save(region(), target, force=True)
    assert target.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")


def test_journey_without_a_place_writes_no_file(tmp_path: Path) -> None:
    """There is nothing to draw, and it is said before a file is begun."""
    with pytest.raises(NothingToDrawError):
        render.save(journey([Halt(name="Nowhere", point=None)]), tmp_path / "map.html")
    assert list(tmp_path.iterdir()) == []

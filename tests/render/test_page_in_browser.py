"""The page as Chromium draws it, from disk, with the network off."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from mapper import render
from mapper.model import Itinerary, Outcome, Point, VisitStatus
from tests.builders import Halt, day, halts_at, journey, place
from tests.render.hostile import HOSTILE

PHONE = {"viewport": {"width": 390, "height": 800}, "is_mobile": True, "has_touch": True}
DESKTOP = {"viewport": {"width": 1100, "height": 750}}


def coast_trip() -> Itinerary:
    """Return a trip whose last three stops lie closer than pins are wide."""
    near = Point(lat=43.40, lon=132.15)
    rival = place("Artyom", Point(lat=43.36, lon=132.19), country="RU")
    return journey(
        [
            Halt(
                name="Uglegorsk",
                point=Point(lat=51.78, lon=128.13),
                arrival=day("2023-09-13"),
                sentence="They landed at Uglegorsk on Wednesday.",
            ),
            Halt(name="Amursk", point=Point(lat=50.23, lon=136.88)),
            Halt(name="Nakhodka Bay", point=Point(lat=43.12, lon=131.89)),
            Halt(name="Artyom", point=near, outcome=Outcome.UNCERTAIN, rivals=(rival,)),
            Halt(
                name="Russky Island",
                point=Point(lat=43.03, lon=131.89),
                status=VisitStatus.PLANNED,
            ),
        ],
        title="Along the coast",
        mentioned=[("Atlantis", None), ("Rome", Point(lat=41.9, lon=12.5))],
        stated=[("about 600 km", 600_000, 640_000.0)],
    )


TRIPS: dict[str, Itinerary] = {
    "coast": coast_trip(),
    "ocean": journey(
        halts_at(
            ("Tokyo", 35.68, 139.65),
            ("Los Angeles", 34.05, -118.24),
            ("Nadi", -17.78, 177.44),
            ("Apia", -13.85, -171.75),
            ("Auckland", -36.85, 174.76),
        )
    ),
    "city": journey(
        halts_at(
            ("Gare du Nord", 48.881, 2.355),
            ("Louvre", 48.861, 2.338),
            ("Notre-Dame", 48.853, 2.35),
            ("Orsay", 48.86, 2.327),
            ("Tour Eiffel", 48.858, 2.294),
        )
    ),
    "tour": journey(
        halts_at(
            ("Wien", 48.21, 16.37),
            ("Bratislava", 48.15, 17.11),
            ("Budapest", 47.5, 19.04),
            ("Praha", 50.08, 14.44),
            ("Dresden", 51.05, 13.74),
            ("Leipzig", 51.34, 12.37),
            ("Weimar", 50.98, 11.32),
            ("Erfurt", 50.98, 11.03),
            ("Frankfurt am Main", 50.11, 8.68),
            ("Mainz", 49.99, 8.25),
            ("Paris", 48.86, 2.35),
            ("Wien", 48.21, 16.37),
        )
    ),
    "pole": journey(
        halts_at(
            ("Longyearbyen", 78.22, 15.63),
            ("Utqiaġvik", 71.29, -156.79),
            ("Yakutsk", 62.04, 129.68),
        )
    ),
    "one stop": journey(halts_at(("Reykjavík", 64.15, -21.94))),
}

Show = Callable[..., Any]


@pytest.fixture
def show(open_page: Show, tmp_path: Path) -> Show:
    """Save a journey and open it: ``show(itinerary, color_scheme="dark")``."""

    def show(itinerary: Itinerary, **options: Any) -> Any:
        path = tmp_path / "map.html"
        render.save(itinerary, path, force=True)
        return open_page(path, **{**DESKTOP, **options})

    return show


def texts(page: Any, selector: str) -> list[str]:
    """Return the texts of what is drawn of a kind, hidden labels left out."""
    found = page.locator(selector).all()
    return [it.text_content() for it in found if it.is_visible()]


@pytest.mark.parametrize("trip", TRIPS)
@pytest.mark.parametrize("options", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_page_is_quiet_and_labels_are_apart(show: Show, trip: str, options: dict[str, Any]) -> None:
    """Nothing is asked for, nothing complained of, and no label covers a pin or a label."""
    visit = show(TRIPS[trip], **options)
    assert (visit.requests, visit.messages) == ([], [])
    boxes = [it for it in drawn_boxes(visit.page) if it["kind"] != "arrow"]
    assert [it for it in boxes if it["kind"] == "stop-name"]
    covered = [pair for pair in itertools.combinations(boxes, 2) if overlap(*pair)]
    assert covered == []


def drawn_boxes(page: Any) -> list[dict[str, Any]]:
    """Return where pins and labels are drawn, in pixels."""
    return page.evaluate(
        """() => [...document.querySelectorAll(".pin, .label:not(.tie)")]
            .filter(node => getComputedStyle(node).visibility === "visible")
            .map(node => ({ kind: node.classList[1] || "pin", text: node.textContent,
                            ...node.getBoundingClientRect().toJSON() }))"""
    )


def overlap(a: dict[str, Any], b: dict[str, Any]) -> bool:
    """Whether two boxes share more than an edge."""
    width = min(a["right"], b["right"]) - max(a["left"], b["left"])
    height = min(a["bottom"], b["bottom"]) - max(a["top"], b["top"])
    return width > 0.6 and height > 0.6


@pytest.mark.parametrize(
    "options",
    [DESKTOP, {**DESKTOP, "color_scheme": "dark"}, PHONE, {**PHONE, "color_scheme": "dark"}],
    ids=["light", "dark", "phone", "dark phone"],
)
def test_page_is_accessible(show: Show, options: dict[str, Any]) -> None:
    """axe-core finds nothing, popup open or not."""
    page = show(coast_trip(), reduced_motion="reduce", **options).page
    assert violations(page) == []
    page.locator(".stop").first.click()
    page.locator(".popup").wait_for()
    assert violations(page) == []


def violations(page: Any) -> list[Any]:
    """Return what axe-core complains of."""
    found = Axe().run(page).response["violations"]
    return [(it["id"], [node["html"] for node in it["nodes"]]) for it in found]


def test_route_is_drawn(show: Show) -> None:
    """Every stop has its number and name, every leg its line, its arrow or its distance."""
    page = show(coast_trip()).page
    assert texts(page, ".pin") == ["1", "2", "3", "4", "5"]
    names = ["Uglegorsk", "Amursk", "Nakhodka Bay", "Artyom", "Russky Island"]
    assert texts(page, ".stop-name") == names
    assert texts(page, ".pill") == ["637 km", "877 km", "38 km", "46 km"]
    assert page.locator("path.leg").count() == 4
    assert len(texts(page, ".arrow")) == 2
    assert page.locator("path.land").count() >= 1


def test_stops_are_told_apart(show: Show) -> None:
    """What is planned is dashed, what is uncertain is hollow, in the map and in the list."""
    page = show(coast_trip()).page
    style = "(node, name) => getComputedStyle(node)[name]"
    legs = page.locator("path.leg")
    dashes = [leg.evaluate(style, "strokeDasharray") for leg in legs.all()]
    assert [dash != "none" for dash in dashes] == [False, False, False, True]
    pins = page.locator(".pin").all()
    fills = [pin.evaluate(style, "backgroundColor") for pin in pins]
    assert fills[0] == fills[1] == fills[2] != fills[3]
    assert [pin.evaluate(style, "borderStyle") for pin in pins][-1] == "dashed"
    assert page.locator("li.unsure .name").all_text_contents() == ["Artyom"]
    assert page.locator("h2:text('Planned') + ol .name").all_text_contents() == ["Russky Island"]


def test_pins_of_near_stops_are_pushed_apart(show: Show) -> None:
    """They keep their order from west to east, and stalks lead to where they belong."""
    page = show(coast_trip()).page
    boxes = {it["text"]: it for it in drawn_boxes(page) if it["kind"] == "pin"}
    assert boxes["3"]["left"] < boxes["4"]["left"]
    lengths = page.locator(".stalk").evaluate_all("nodes => nodes.map(node => node.offsetWidth)")
    assert [length > 0 for length in lengths] == [False, False, True, True, True]


def test_route_runs_on_over_the_date_line(show: Show) -> None:
    """A leg over the ocean is one line as wide as its stops are apart."""
    page = show(TRIPS["ocean"]).page
    pins = {it["text"]: it for it in drawn_boxes(page) if it["kind"] == "pin"}
    assert pins["1"]["left"] < pins["3"]["left"] < pins["4"]["left"] < pins["2"]["left"]
    leg = page.locator("path.leg").first.bounding_box()
    assert leg["width"] == pytest.approx(pins["2"]["left"] - pins["1"]["left"], abs=8)


def test_shared_place_has_one_pin(show: Show) -> None:
    """The first and the last stop of a round trip share theirs."""
    page = show(TRIPS["tour"]).page
    assert texts(page, ".pin")[0] == "1 · 12"
    assert page.locator(".stops .number").count() == 12


@pytest.mark.parametrize("trip", TRIPS)
def test_names_stand_by_their_pins(show: Show, trip: str) -> None:
    """No name is further from its own pin than a line of text is high."""
    boxes = drawn_boxes(show(TRIPS[trip]).page)
    pins = [it for it in boxes if it["kind"] == "pin"]
    for name in (it for it in boxes if it["kind"] == "stop-name"):
        assert min(apart(name, pin) for pin in pins) < 12


def apart(a: dict[str, Any], b: dict[str, Any]) -> float:
    """Return how many pixels lie between two boxes."""
    gap_x = max(a["left"], b["left"]) - min(a["right"], b["right"])
    gap_y = max(a["top"], b["top"]) - min(a["bottom"], b["bottom"])
    return max(gap_x, gap_y, 0)


def test_pill_stands_on_no_other_leg(show: Show) -> None:
    """Where legs cross, the distance of one is not written over the other."""
    legs = halts_at(("A", 40.0, 0.0), ("B", 44.0, 10.0), ("C", 40.0, 10.0), ("D", 44.0, 0.0))
    page = show(journey(legs)).page
    pills = [it for it in drawn_boxes(page) if it["kind"] == "pill"]
    crossing = page.locator("path.leg").first.bounding_box()
    middle = (crossing["x"] + crossing["width"] / 2, crossing["y"] + crossing["height"] / 2)
    assert len(pills) == 3
    for pill in pills:
        inside_x = pill["left"] < middle[0] < pill["right"]
        assert not (inside_x and pill["top"] < middle[1] < pill["bottom"])


@pytest.mark.parametrize("options", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_popup_is_inside_the_map_and_off_the_buttons(show: Show, options: dict[str, Any]) -> None:
    """Even with a long sentence on a phone."""
    halts = [
        Halt(
            name="Bergen", point=Point(lat=60.39, lon=5.32), sentence="They stayed a while. " * 25
        ),
        Halt(name="Oslo", point=Point(lat=59.91, lon=10.75)),
    ]
    page = show(journey(halts), reduced_motion="reduce", **options).page
    page.locator(".stop").first.click()
    page.wait_for_timeout(200)
    popup = page.locator(".leaflet-popup-content-wrapper").bounding_box()
    frame = page.locator(".frame").bounding_box()
    buttons = page.locator(".leaflet-top.leaflet-left").bounding_box()
    assert popup["x"] > buttons["x"] + buttons["width"] - 1
    assert popup["x"] + popup["width"] < frame["x"] + frame["width"]
    assert frame["y"] < popup["y"]
    assert popup["y"] + popup["height"] < frame["y"] + frame["height"]


def test_keyboard_reaches_a_stop(show: Show) -> None:
    """A focused pin opens its popup by Enter, with the sentence of the text."""
    page = show(coast_trip()).page
    page.locator(".stop").first.focus()
    page.keyboard.press("Enter")
    assert "They landed at Uglegorsk" in page.locator(".popup").text_content()
    page.keyboard.press("Escape")
    page.locator(".popup").wait_for(state="detached")


def test_list_leads_to_the_map(show: Show) -> None:
    """A name in the list opens the stop's popup; pointing at it marks the pin."""
    page = show(coast_trip()).page
    page.locator("li .name").nth(1).click()
    assert "Amursk" in page.locator(".popup").text_content()
    assert "hot" in page.locator(".stop").nth(1).get_attribute("class")


def test_whole_route_comes_back(show: Show) -> None:
    """After a look around, one button shows the whole route again."""
    page = show(coast_trip()).page
    before = drawn_boxes(page)
    page.locator(".leaflet-control-zoom-in").click()
    page.wait_for_timeout(600)
    assert drawn_boxes(page) != before
    page.get_by_role("button", name="Show the whole route").click()
    page.wait_for_timeout(100)
    assert drawn_boxes(page) == before


def test_wheel_scrolls_the_page_until_the_map_is_asked(show: Show) -> None:
    """Without focus the wheel leaves the map alone; with Ctrl it zooms."""
    page = show(coast_trip()).page
    before = drawn_boxes(page)
    page.locator(".map").hover(position={"x": 300, "y": 300})
    page.mouse.wheel(0, -300)
    page.wait_for_timeout(500)
    assert drawn_boxes(page) == before
    page.keyboard.down("Control")
    page.mouse.wheel(0, -300)
    page.wait_for_timeout(800)
    assert drawn_boxes(page) != before


def test_page_prints_with_its_map(show: Show) -> None:
    """On paper the whole route is there, in a frame that fits a sheet, and the folded list."""
    page = show(coast_trip(), color_scheme="dark").page
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    frame = page.locator(".frame").bounding_box()
    assert frame["width"] <= 700
    pins = [it for it in drawn_boxes(page) if it["kind"] == "pin"]
    assert len(pins) == 5
    assert all(frame["x"] < it["left"] and it["right"] < frame["x"] + 680 for it in pins)
    assert page.get_by_text("Rome").is_visible()
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert not page.get_by_text("Rome").is_visible()


def test_list_stands_without_javascript(show: Show) -> None:
    """The reader is told, and has every stop."""
    page = show(coast_trip(), java_script_enabled=False).page
    assert page.locator("noscript p").is_visible()
    assert page.locator(".stops li").count() == 5


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_reads_as_written_and_does_nothing(show: Show, text: str) -> None:
    """In title, list, label and popup it is text, and nothing of it runs."""
    halts = [
        Halt(name=f"A {text}", point=Point(lat=59.9, lon=10.7), sentence=text),
        Halt(name="B", point=Point(lat=60.4, lon=5.3)),
    ]
    visit = show(journey(halts, title=text, source=text))
    page = visit.page
    shown = " ".join(text.split())
    assert page.locator("h1").text_content() == shown
    assert page.title() == shown
    assert page.locator("li .name").first.text_content() == f"A {shown}"
    assert page.locator(".stop-name").first.text_content() == f"A {shown}"
    page.locator("li .name").first.click()
    assert shown in page.locator(".popup").text_content()
    page.wait_for_timeout(50)
    assert page.evaluate("document.documentElement.dataset.ran") is None
    assert (visit.requests, visit.messages) == ([], [])


def test_policy_stops_what_was_smuggled_in(open_page: Show, tmp_path: Path) -> None:
    """Even a page broken on purpose runs nothing and asks for nothing."""
    run = "document.documentElement.dataset.ran=1"
    smuggled = f'<script>{run}</script><img src="x.png" onerror="{run}"><iframe src="y"></iframe>'
    page = render.to_html(coast_trip()).replace("</main>", f"{smuggled}</main>")
    path = tmp_path / "broken.html"
    path.write_text(page, encoding="utf-8")
    visit = open_page(path)
    assert visit.page.evaluate("document.documentElement.dataset.ran") is None
    assert any("Content Security Policy" in message for message in visit.messages)
    assert texts(visit.page, ".pin") == ["1", "2", "3", "4", "5"]

"""What reading promises: the text as written, and an honest account of its layout."""

from __future__ import annotations

import codecs
import datetime as dt
import unicodedata
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from mapper import map_file, map_text
from mapper.errors import InputError
from mapper.model import Document, SectionKind
from mapper.read import read, read_bytes, read_text
from mapper.read.datelines import MONTHS, date_line, dateline_end

SEEDS = Path(__file__).parent.parent / "seeds"
PROSE = "The delegation arrived in Lisbon on Tuesday and left again two days later."


def parts(document: Document, kind: SectionKind) -> list[str]:
    """Return the words of every section of one kind."""
    return [s.span.of(document.text) for s in document.sections if s.kind is kind]


class TestDecoding:
    """Bytes become text, or a sentence that says why not."""

    @pytest.mark.parametrize(
        ("mark", "encoding"),
        [
            (codecs.BOM_UTF8, "utf-8"),
            (codecs.BOM_UTF16_LE, "utf-16-le"),
            (codecs.BOM_UTF16_BE, "utf-16-be"),
            (codecs.BOM_UTF32_LE, "utf-32-le"),
            (codecs.BOM_UTF32_BE, "utf-32-be"),
        ],
    )
    def test_byte_order_mark(self, mark: bytes, encoding: str) -> None:
        """A byte order mark decides on the encoding and is no part of the text."""
        document = read_bytes(mark + "Zürich – Łódź".encode(encoding))
        assert document.text == "Zürich – Łódź"
        assert document.warnings == ()

    @pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
    def test_utf16_without_a_mark(self, encoding: str) -> None:
        """Zeros in every other byte are UTF-16, and the document says what was guessed."""
        text = "On 3 May we left Zürich – for “Łódź”, 東京 and Київ."
        document = read_bytes(text.encode(encoding), source="a.txt")
        assert document.text == text
        assert document.warnings == (
            f"a.txt has no byte order mark and was read as {encoding.upper()}: "
            "if it looks wrong, save it as UTF-8.",
        )

    def test_plain_utf8(self) -> None:
        """Without a mark UTF-8 is taken, silently."""
        assert read_bytes("São Paulo".encode()).text == "São Paulo"

    def test_windows_1252_warns(self) -> None:
        """What is no UTF-8 is read as Windows-1252, and the document says so."""
        document = read_bytes("We left Zürich – at “noon”.".encode("cp1252"), source="a.txt")
        assert document.text == "We left Zürich – at “noon”."
        assert len(document.warnings) == 1
        assert "Windows-1252" in document.warnings[0]

    def test_latin_1_as_the_last_resort(self) -> None:
        """A byte that Windows-1252 lacks leaves ISO 8859-1."""
        document = read_bytes("Málaga ".encode("latin-1") + b"\x81 and on to the south coast")
        assert document.text.startswith("Málaga")
        assert "ISO 8859-1" in document.warnings[0]

    @pytest.mark.parametrize(
        ("data", "sign"),
        [
            (b"Oslo\x00\x01\x02", "binary"),
            (b"Oslo and Rome\x00", "binary"),
            ("Oslo".encode("utf-32-le"), "binary"),
            ("\x01\x02\x03\x04".encode("utf-16-be") * 20, "binary"),
            ("We left Oslo. ".encode("utf-16-le") + b"\x01\xd8", "looks like UTF-16-LE"),
            (bytes(range(1, 9)) * 20, "binary"),
            (b"%PDF-1.7 rest", "a PDF"),
            (b"PK\x03\x04rest", "zip"),
            (b"{\\rtf1 rest}", "RTF"),
            (b"\n<!DOCTYPE html><p>Oslo", "HTML"),
            (codecs.BOM_UTF8 + b"ab\xffcd", "announces UTF-8"),
            (b"", "empty"),
            (b" \n\t\r\n ", "empty"),
            (codecs.BOM_UTF8, "empty"),
        ],
    )
    def test_what_is_no_text_is_refused(self, data: bytes, sign: str) -> None:
        """Anything but text ends in one sentence that names the input and the trouble."""
        with pytest.raises(InputError, match=sign) as caught:
            read_bytes(data, source="trip.txt")
        assert str(caught.value).startswith("trip.txt ")
        assert "\n" not in str(caught.value)

    def test_a_control_character_is_no_binary_file(self) -> None:
        """One escape or bell in a text does not make it unreadable."""
        assert (
            "\x1b"
            in read_text("We left \x1b[1mOslo\x1b[0m and came to Bergen in the evening.").text
        )


class TestCleaning:
    """The text is NFC, has one kind of line end and one kind of space."""

    @given(st.text())
    @example("e\u0301\r\n\u00ad\u2028x")
    def test_clean_text_stays_clean(self, raw: str) -> None:
        """Whatever comes in, the text is NFC, and reading it again changes nothing."""
        try:
            text = read_text(raw).text
        except InputError:
            return
        assert unicodedata.is_normalized("NFC", text)
        assert not set(text) & set("\r\u2028\u2029\u00ad\u200b\ufeff\u00a0")
        assert read_text(text).text == text

    @pytest.mark.parametrize(
        ("raw", "clean"),
        [
            ("Lyon\r\nNice\rPau", "Lyon\nNice\nPau"),
            ("Vladi\u00advostok", "Vladivostok"),
            ("New\u200bYork", "NewYork"),
            ("New\u00a0York", "New York"),
            ("Que\u0301bec", "Québec"),
            ("می\u200cخواهم", "می\u200cخواهم"),
            ("\u200fירושלים", "\u200fירושלים"),
            ("broken \ud800 half", "broken \ufffd half"),
        ],
    )
    def test_characters(self, raw: str, clean: str) -> None:
        """Invisible characters go unless they spell something; spaces become plain."""
        assert read_text(raw).text == clean


class TestSections:
    """Sections account for every character, in order, once."""

    @given(st.text(alphabet="aB .:—-\n1#>()/\"'\t", max_size=300) | st.text(max_size=200))
    def test_they_cover_the_text(self, raw: str) -> None:
        """Sections come in order, do not overlap, and leave out nothing but white space."""
        try:
            document = read_text(raw)
        except InputError:
            return
        end = 0
        for section in document.sections:
            assert end <= section.span.start < section.span.end
            assert not document.text[end : section.span.start].strip()
            end = section.span.end
        assert not document.text[end:].strip()

    def test_hard_wrapped_paragraphs_stay_whole(self) -> None:
        """A paragraph broken at a fixed width is one section, its headline another."""
        document = read_text(
            "ACROSS THE ISTHMUS\n\n"
            "We left the coast before dawn, in two boats, and were by nine o'clock\n"
            "within sight of the bar, on which a heavy surf was breaking; the elder\n"
            "of the pilots would not hear of crossing.\n\n"
            "So we turned back to Colon, where we lay until the wind had gone down\n"
            "and the sea with it.\n"
        )
        assert document.title == "ACROSS THE ISTHMUS"
        assert [p.count("\n") for p in parts(document, SectionKind.BODY)] == [2, 1]

    def test_headings_between_paragraphs(self) -> None:
        """A short line or question of its own between paragraphs is a heading."""
        document = read_text(
            f"A week in Portugal\n\n{PROSE}\n\nWhy did they come?\n\n{PROSE}\n\n"
            f"## The way back\n\n{PROSE}"
        )
        assert parts(document, SectionKind.HEADING) == ["Why did they come?", "## The way back"]

    def test_list_items_are_story(self) -> None:
        """Items of a list are neither headings nor a menu: they may be the journey."""
        document = read_text(
            "Our route\n\n1. Lisbon\n2. Porto\n3. Vigo\n\n- Santiago\n- Finisterre"
        )
        assert document.title == "Our route"
        assert len(" ".join(parts(document, SectionKind.BODY)).split()) == 10

    def test_bare_lines_have_no_title(self) -> None:
        """In a list of places the first is no headline."""
        for text in ("Lisbon\nPorto\nVigo", "Lisbon\n\nPorto\n\nVigo", "Oslo to Bergen by train"):
            document = read_text(text)
            assert document.title is None
            assert {section.kind for section in document.sections} == {SectionKind.BODY}


class TestTitle:
    """The title is the first headline, not what stands around it."""

    @pytest.mark.parametrize(
        ("front", "title"),
        [
            ("Minister ends tour of the Gulf", "Minister ends tour of the Gulf"),
            ("# Ten days in Japan", "Ten days in Japan"),
            ("10 days in Japan", "10 days in Japan"),
            ("Who paid for the trip to Oslo?", "Who paid for the trip to Oslo?"),
            (
                "‘We saw the whole coast’: a walk to Cadiz",
                "‘We saw the whole coast’: a walk to Cadiz",
            ),
            ("President returns from the U.S.", "President returns from the U.S."),
            ("Skip to content\n\nPolitics\n\nMinister in Cairo", "Minister in Cairo"),
            ("Home > World > Africa\n\nMinister in Cairo", "Minister in Cairo"),
            ("BusinessSouth Korea\n\nMinister in Cairo", "Minister in Cairo"),
            ("Menu\nSearch\nWeather forecast\nLog in\n\nMinister in Cairo", "Minister in Cairo"),
            ("4 May 2021\n\nMinister in Cairo", "Minister in Cairo"),
            ("https://example.org/a\n\nMinister in Cairo", "Minister in Cairo"),
            ("By Jane Doe\n\nMinister in Cairo", "Minister in Cairo"),
            ("CHAPTER IV\n\nFrom Suez to Aden", "From Suez to Aden"),
            ('---\nlayout: post\ntitle: "North again"\ntags: ski\n---', "North again"),
            ("From: a@b.org\nTo: c@d.org\nSubject: Trip report, Nairobi", "Trip report, Nairobi"),
        ],
    )
    def test_found(self, front: str, title: str) -> None:
        """Menus, kickers, dates and bylines above it are passed over."""
        assert read_text(f"{front}\n\n{PROSE}\n\n{PROSE}").title == title

    @pytest.mark.parametrize(
        "text",
        [
            PROSE,
            f"{PROSE}\n\n{PROSE}",
            f"LONDON, England (CNN) -- {PROSE}",
            f"Lisbon, 4 May 1911\n\nMy dear mother,\n\n{PROSE}",
            f"**Location**: Lisbon -> Porto\n\n{PROSE}",
            f"Day 1\n\n{PROSE}\n\nDay 2\n\n{PROSE}",
        ],
    )
    def test_absent(self, text: str) -> None:
        """A text that begins with its story, a letter or a diary has no title."""
        assert read_text(text).title is None

    def test_given_from_outside(self) -> None:
        """A title that is given wins over the text's own."""
        assert read_text(f"Minister in Cairo\n\n{PROSE}", title="Trip").title == "Trip"


class TestPublication:
    """The date of publication anchors every relative date, so a wrong one is worse than none."""

    @pytest.mark.parametrize(
        "line",
        [
            "May 4, 2021",
            "4 May 2021",
            "4th of May 2021",
            "Tuesday, May 4th, 2021",
            "Tue 4 May 2021 10.30 BST",
            "2021-05-04",
            "2021-05-04T10:30:00Z",
            "2021/05/04",
            "Published: 4 May 2021",
            "Published on May 4, 2021 at 10:30 a.m. EDT",
            "Last updated: 4 May 2021, 10:30 GMT",
            "By Jane Doe | 4 May 2021",
            "Jane Doe, BBC News, 4 May 2021",
            "May 4, 2021 · 5 min read",
            "TUESDAY, MAY 4, 2021. NO. 147/77",
            "date: 2021-05-04",
            "Updated 6 May 2021\nPublished 4 May 2021",
        ],
    )
    def test_found(self, line: str) -> None:
        """A line near the top that is little more than a full date gives it."""
        document = read_text(f"Minister in Cairo\n\n{line}\n\n{PROSE}\n\n{PROSE}")
        assert document.published == dt.date(2021, 5, 4)
        assert document.title == "Minister in Cairo"

    @pytest.mark.parametrize(
        "line",
        [
            "The flood of 4 May 2021 and what it left behind",
            "22-25 May 2021",
            "May 2021",
            "4 May",
            "31 February 2021",
            "He was born in Cairo on 4 May 1921.",
        ],
    )
    def test_absent(self, line: str) -> None:
        """A date in a headline or sentence, a span of days, half a date: none is taken."""
        assert read_text(f"Minister in Cairo\n\n{line}\n\n{PROSE}").published is None

    def test_day_first_where_only_that_reads(self) -> None:
        """A date in figures counts where day and month cannot be exchanged."""
        assert read_text(f"In Cairo\n\n16/09/2023 10:30\n\n{PROSE}").published == dt.date(
            2023, 9, 16
        )
        assert read_text(f"In Cairo\n\n09/16/2023\n\n{PROSE}").published == dt.date(2023, 9, 16)

    def test_ambiguous_figures_warn(self) -> None:
        """A date that reads in two ways is not used, and the document says so."""
        document = read_text(f"In Cairo\n\n03/04/2021\n\n{PROSE}")
        assert document.published is None
        assert "03/04/2021" in document.warnings[0]
        given_date = read_text(f"In Cairo\n\n03/04/2021\n\n{PROSE}", published=dt.date(2021, 4, 3))
        assert given_date.warnings == ()

    @pytest.mark.parametrize("second", ["Wednesday, 5 May 1911", "5 May", "Porto, 5 May 1911"])
    def test_days_of_a_diary_publish_nothing(self, second: str) -> None:
        """Several dated headings are the days of a diary."""
        document = read_text(f"Tuesday, 4 May 1911\n\n{PROSE}\n\n{second}\n\n{PROSE}")
        assert document.published is None
        assert parts(document, SectionKind.HEADING) == ["Tuesday, 4 May 1911", second]

    def test_letter(self) -> None:
        """Place and day at the head of a letter date it."""
        document = read_text(f"Lisbon, 4 May 1911\n\nMy dear mother,\n\n{PROSE}")
        assert document.published == dt.date(1911, 5, 4)
        assert parts(document, SectionKind.DATELINE) == ["Lisbon, 4 May 1911"]

    def test_dateline(self) -> None:
        """A full date in the dateline serves where no line of its own gives one."""
        assert read_text(f"Paris, 4 May 1911 (Reuters) - {PROSE}").published == dt.date(1911, 5, 4)

    def test_given_from_outside(self) -> None:
        """A date that is given wins over the text's own."""
        document = read_text(f"In Cairo\n\n4 May 2021\n\n{PROSE}", published=dt.date(2020, 1, 1))
        assert document.published == dt.date(2020, 1, 1)

    def test_a_date_in_the_story_is_no_line(self) -> None:
        """Below the first paragraph no line gives the date of publication."""
        assert read_text(f"In Cairo\n\n{PROSE}\n\n4 May 2021\n\n{PROSE}").published is None

    @given(st.dates(dt.date(1000, 1, 1), dt.date(2999, 12, 31)))
    def test_every_day_of_the_calendar(self, day: dt.date) -> None:
        """Each day in each full form is read back as itself."""
        month = MONTHS[day.month - 1].title()
        forms = (
            f"{day.day} {month} {day.year:04}",
            f"{month[:3]} {day.day}, {day.year:04}",
            day.isoformat(),
        )
        assert [found.date for form in forms if (found := date_line(form))] == [day] * 3


class TestDateline:
    """A dateline opens the first paragraph and is cut from it."""

    @pytest.mark.parametrize(
        "dateline",
        [
            "LONDON —",
            "LONDON, England (CNN) --",
            "KHARTOUM, Sudan (AP) —",
            "Miami, Florida (CNN) --",
            "(CNN) --",
            "WASHINGTON, Sept. 16 (Reuters) -",
            "Paris, 4 May 1911 (Reuters) -",
            "NEW YORK/PARIS (AFP, Reuters) –",
            "SAN FRANCISCO, California (CNN)  --",
            "ISLAMABAD:",
            "LONDON, May 4.—",
        ],
    )
    def test_found(self, dateline: str) -> None:
        """Place, date and agency before the dash are the dateline."""
        document = read_text(f"{dateline} {PROSE}")
        assert parts(document, SectionKind.DATELINE) == [dateline]
        assert parts(document, SectionKind.BODY) == [PROSE]

    @pytest.mark.parametrize(
        "paragraph",
        [
            "Lisbon - the city of seven hills - was the first stop.",
            "JANE DOE (Turin, 1815 – Bra, 1890) was a botanist.",
            "The queen left London -- at last -- on Monday.",
            "On Monday: nothing at all.",
            "I was late (very late) - and the train had gone.",
        ],
    )
    def test_absent(self, paragraph: str) -> None:
        """A dash in a sentence makes no dateline."""
        assert dateline_end(paragraph) == 0


class TestLeftovers:
    """What a page leaves around the story is told from the story."""

    @pytest.mark.parametrize(
        ("line", "caption", "credit"),
        [
            (
                "The queen left on MondayImage: Palace/Handout/REUTERS",
                "The queen left on Monday",
                "Image: Palace/Handout/REUTERS",
            ),
            ("The harbour of Cadiz. Photo: Jane Doe", "The harbour of Cadiz.", "Photo: Jane Doe"),
            ("The harbour of Cadiz (Photo: Jane Doe)", "The harbour of Cadiz", "(Photo: Jane Doe)"),
            ("The harbour of Cadiz. Jane Doe/AFP", "The harbour of Cadiz.", "Jane Doe/AFP"),
            ("The harbour of Cadiz © Jane Doe", "The harbour of Cadiz", "© Jane Doe"),
        ],
    )
    def test_a_credit_is_cut_from_its_caption(self, line: str, caption: str, credit: str) -> None:
        """A caption ends where the credit of the picture begins, glued on or not."""
        document = read_text(f"In Cadiz\n\n{PROSE}\n\n{line}\n\n{PROSE}")
        assert parts(document, SectionKind.CAPTION) == [caption]
        assert parts(document, SectionKind.CREDIT) == [credit]

    @pytest.mark.parametrize(
        "line",
        [
            "By Jane Doe",
            "By JANE DOE and John van Dyk",
            "tg/mm (AFP, Reuters)",
            "(AFP, Reuters)",
            "AP",
            "Image: Jane Doe/AFP",
            "Reporting by Jane Doe; Editing by John Doe",
            "CNN's Jane Doe in Dubai contributed to this report.",
            "© 2021 The Daily Example. All rights reserved.",
            "Source: AFP",
        ],
    )
    def test_credits(self, line: str) -> None:
        """Bylines, agencies and copyright lines are credits."""
        document = read_text(f"In Cadiz\n\n{PROSE}\n\n{PROSE}\n\n{line}")
        assert parts(document, SectionKind.CREDIT) == [line]

    @pytest.mark.parametrize(
        "line",
        [
            "Read more: The king in Rome",
            "Share this article",
            "Facebook, Twitter, WhatsApp",
            "Advertisement",
            "https://example.org/p/4",
            "We use cookies to give you a better experience on our site, and so do our partners.",
            "* * *",
            "Sign up for our newsletter",
            "12 comments",
            "![harbour](harbour.jpg)",
        ],
    )
    def test_navigation(self, line: str) -> None:
        """Links, menus and notices between paragraphs are navigation."""
        document = read_text(f"In Cadiz\n\n{PROSE}\n\n{line}\n\n{PROSE}")
        assert parts(document, SectionKind.NAVIGATION) == [line]

    @pytest.mark.parametrize(
        "line",
        [
            "Follow the river to Passau and you will find the ferry.",
            "Read more than the map before you sail for the Azores in autumn.",
            "By noon we were in Cadiz.",
            "Home was two thousand miles away.",
            "More from duty than desire, he took the boat to Aden that very evening.",
            "She told the AP that she had seen it.",
            "From: Lisbon",
            "He said: the image of Cadiz will stay with me for ever.",
            "The photo shows him in Cadiz, in May, beside a boat that he had bought from AFP.",
        ],
    )
    def test_story(self, line: str) -> None:
        """A sentence that begins like a menu is still the story."""
        document = read_text(f"In Cadiz\n\n{PROSE}\n\n{line}\n\n{PROSE}")
        assert line in parts(document, SectionKind.BODY) + parts(document, SectionKind.HEADING)

    def test_description_glued_above_a_caption(self) -> None:
        """The description of a picture, in one block with its caption, is a caption too."""
        document = read_text(
            f"In Cadiz\n\n{PROSE}\n\n"
            f"Two men look at a boat.\nThe harbourImage: Jane Doe/AFP\n\n{PROSE}"
        )
        assert parts(document, SectionKind.CAPTION) == ["Two men look at a boat.", "The harbour"]


class TestArguments:
    """What is said beside the text is taken as it is meant, or refused in one sentence."""

    @pytest.mark.parametrize("text", [None, b"We left Oslo.", 7])
    def test_a_text_is_a_string(self, text: object) -> None:
        """Bytes are not decoded by guess, and nothing is no text."""
        with pytest.raises(TypeError, match=f"must be a str, not {type(text).__name__}: decode"):
            map_text(text)  # type: ignore[arg-type]

    @pytest.mark.parametrize("published", ["2023-09-16", dt.datetime(2023, 9, 16)])
    def test_a_day_is_a_date(self, published: object, tmp_path: Path) -> None:
        """The day of publication is a `datetime.date`, not words for one, nor an hour."""
        (tmp_path / "trip.txt").write_text(PROSE, encoding="utf-8")
        said = rf"must be a datetime\.date, such as .*, not {type(published).__name__}\."
        with pytest.raises(TypeError, match=said):
            map_text(PROSE, published=published)  # type: ignore[arg-type]
        with pytest.raises(TypeError, match=said):
            map_file(tmp_path / "trip.txt", published=published)  # type: ignore[arg-type]

    @pytest.mark.parametrize("published", [dt.date.min, dt.date(999, 12, 31), dt.date.max])
    def test_a_day_is_one_of_a_text(self, published: dt.date) -> None:
        """Before and after such a day there may be no time to reckon with."""
        with pytest.raises(InputError, match=f"published on {published}: give a day of the years"):
            read_text(PROSE, published=published)

    @pytest.mark.parametrize(
        ("source", "label"),
        [
            ("/srv/secret/x.txt", "x.txt"),
            (r"C:\secret\x.txt", "x.txt"),
            (r"\\server\secret\x.txt", "x.txt"),
            ("/", "text"),
            ("Reuters/AFP", "Reuters/AFP"),
            ("https://example.org/x.txt", "https://example.org/x.txt"),
        ],
    )
    def test_a_source_tells_no_folder(self, source: str, label: str) -> None:
        """Of an absolute path the name is kept; every other label stays as it is."""
        assert read_text(PROSE, source=source).source == label
        legacy = read_bytes(f"{PROSE} Málaga.".encode("cp1252"), source=source)
        assert legacy.source == label
        assert legacy.warnings[0].startswith(f"{label} is not UTF-8")


class TestFile:
    """A file becomes a document that tells nothing about the machine."""

    def test_source_is_a_label(self, tmp_path: Path) -> None:
        """The source is the name of the file, without its folder."""
        path = tmp_path / "trip.txt"
        path.write_text(PROSE, encoding="utf-8")
        assert read(path).source == "trip.txt"
        assert read(str(path), source="My trip").source == "My trip"

    def test_missing_file_and_folder(self, tmp_path: Path) -> None:
        """A file that is not there and a folder are refused in one sentence each."""
        with pytest.raises(InputError, match=r"no\.txt cannot be read: there is no such file"):
            read(tmp_path / "no.txt")
        with pytest.raises(InputError, match="it is a folder"):
            read(tmp_path)
        with pytest.raises(InputError, match=r"^\. cannot be read: it is a folder"):
            read("")

    def test_too_long_a_name(self, tmp_path: Path) -> None:
        """A name that no file can have is one sentence too."""
        with pytest.raises(InputError, match="cannot be read: its name is too long"):
            read(tmp_path / ("a" * 300))

    def test_seed_article(self) -> None:
        """The seed article gives its title and date, and keeps its leftovers apart."""
        document = read(next(SEEDS.glob("*.txt")))
        assert document.title == "North Korea's Kim meets Russia's Shoigu in Vladivostok"
        assert document.published == dt.date(2023, 9, 16)
        assert len(parts(document, SectionKind.NAVIGATION)) == 5
        assert parts(document, SectionKind.CAPTION)[-1] == "Kim arrived in Russia on Tuesday"
        assert parts(document, SectionKind.CREDIT) == [
            "Image: Russian Defence Ministry/Handout/REUTERS",
            "tg/mm (AFP, Reuters)",
        ]

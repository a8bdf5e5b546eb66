"""What the commands share: options, the way in, the way out."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any

import click

from mapper.cli.table import printable
from mapper.errors import MapperError, NothingToDrawError

if TYPE_CHECKING:
    from mapper.model import Document

__all__ = [
    "Group",
    "echo_json",
    "examples",
    "format_option",
    "input_argument",
    "note",
    "published_option",
    "read_document",
    "title_option",
]

STDIN = "-"

Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]


class NothingToDraw(click.ClickException):
    """A text without a journey: neither an error of the user nor of the program."""

    exit_code = 3


class Group(click.Group):
    """A group whose commands end in one sentence where the library raises its own errors."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; every other exception is a bug and shows its traceback."""
        try:
            return super().invoke(ctx)
        except MapperError as error:
            nothing = isinstance(error, NothingToDrawError)
            failure = NothingToDraw if nothing else click.ClickException
            raise failure(printable(str(error))) from error


class IsoDate(click.ParamType):  # type: ignore[type-arg]  # generic since click 8.2
    """A day as ISO 8601 writes it."""

    name = "date"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> dt.date:
        """Return the day, or fail as a matter of usage."""
        try:
            return dt.date.fromisoformat(value)
        except ValueError:
            self.fail(f"{value!r} is no date: write it as 2023-09-16.", param, ctx)


def input_argument(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add INPUT, a file or - for standard input."""
    return click.argument("source", metavar="INPUT")(command)


def title_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add --title."""
    return click.option("--title", help="Title of the text, where it has none or a bad one.")(
        command
    )


def published_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add --published."""
    return click.option(
        "--published",
        type=IsoDate(),
        metavar="DATE",
        help="Day the text was written (2023-09-16), where it does not say: "
        'it tells which day "on Tuesday" was.',
    )(command)


def format_option(*formats: str) -> Decorator:
    """Add --format with the first as its default."""
    return click.option(
        "--format",
        "form",
        type=click.Choice(formats),
        default=formats[0],
        show_default=True,
        help="What to print.",
    )


def read_document(source: str, *, title: str | None, published: dt.date | None) -> Document:
    """Return the document of a file, or of standard input for -."""
    from mapper import plugins
    from mapper.read import file_bytes, file_label

    label = "stdin" if source == STDIN else file_label(source)
    data = sys.stdin.buffer.read() if source == STDIN else file_bytes(source)
    reader = plugins.load("mapper.readers", plugins.reader_name(label))
    document: Document = reader(data, source=label, title=title, published=published)
    return document


def examples(*commands: str) -> str:
    """Return the end of a help text: commands that can be typed as they are."""
    # The backspace keeps click from filling the lines that follow it.
    heading = "Example" if len(commands) == 1 else "Examples"
    return "\n".join(("\b", f"{heading}:", *(f"  {command}" for command in commands)))


def echo_json(data: Mapping[str, Any]) -> None:
    """Print JSON, and nothing else, to stdout."""
    from mapper.export import to_json

    click.echo(to_json(data), nl=False)


def note(lines: Iterable[str]) -> None:
    """Print lines for the reader, not for a pipe: to stderr."""
    for line in lines:
        click.echo(printable(line), err=True)

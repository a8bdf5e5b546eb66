"""What the commands share: options, the way in, the way out."""

from __future__ import annotations

import datetime as dt
import os
import sys
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from mapper.cli.streams import give_up, open_closed, read_stdin
from mapper.cli.table import printable
from mapper.errors import InputError, MapperError, NothingToDrawError, OutputError

if TYPE_CHECKING:
    from mapper.model import Document

__all__ = [
    "STDIN",
    "STDOUT",
    "Group",
    "check_output",
    "echo_json",
    "examples",
    "force_option",
    "format_option",
    "input_argument",
    "installed",
    "note",
    "published_option",
    "read_document",
    "recognizer_option",
    "shown",
    "title_option",
    "traveller_option",
]

STDIN = STDOUT = "-"
# Of a longer message the middle is left out: the trouble and its cure stand at the ends.
LONGEST_MESSAGE = 300

Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]
Callback = Callable[[click.Context, click.Parameter, str | None], str | None]


class NothingToDraw(click.ClickException):
    """A text without a journey: neither an error of the user nor of the program."""

    exit_code = 3


class Group(click.Group):
    """A group whose commands end in one sentence where the library raises its own errors."""

    def main(self, *args: Any, **extra: Any) -> Any:
        """Run the command line; a stream that is closed, full or broken ends it too."""
        open_closed()
        try:
            return super().main(*args, **extra)
        except OSError as error:
            # A file that fails here has a name, and is a bug; a stream has none.
            if error.filename is not None:
                raise
            give_up(error)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; every other exception is a bug and shows its traceback."""
        try:
            return super().invoke(ctx)
        except MapperError as error:
            nothing = isinstance(error, NothingToDrawError)
            failure = NothingToDraw if nothing else click.ClickException
            raise failure(shown(str(error))) from error


class IsoDate(click.ParamType):  # type: ignore[type-arg]  # generic since click 8.2
    """A day as ISO 8601 writes it."""

    name = "date"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> dt.date:
        """Return the day, or fail as a matter of usage."""
        from mapper.read import check_published

        try:
            day = dt.date.fromisoformat(value)
        except ValueError:
            self.fail(shown(f"{value!r} is no date: write it as 2023-09-16."), param, ctx)
        try:
            check_published(day)
        except InputError as error:
            self.fail(str(error), param, ctx)
        return day


def force_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add --force."""
    return click.option("--force", is_flag=True, help="Overwrite FILE if it exists.")(command)


def check_output(target: str | Path, *sources: str | Path, force: bool) -> None:
    """Refuse what cannot be written before anything is read, which may take long."""
    from mapper.files import check_target

    if target == STDOUT:
        return
    check_target(target)
    if any(_is_input(target, source) for source in sources):
        raise OutputError(f"{target} is INPUT itself: write to another FILE with -o.")
    if os.path.lexists(target) and not force:
        raise OutputError(f"{target} exists already: overwrite it with --force.")


def _is_input(target: str | Path, source: str | Path) -> bool:
    with suppress(OSError):  # one of the two is not there
        return os.path.samefile(sys.stdin.fileno() if source == STDIN else source, target)
    return False


def input_argument(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add INPUT, a file or - for standard input."""
    return click.argument("source", metavar="INPUT", callback=_named)(command)


def _named(_: click.Context, __: click.Parameter, source: str) -> str:
    if not source:
        raise click.UsageError("INPUT is empty: name a text file, or - for stdin.")
    return source


def title_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add --title."""
    return click.option("--title", help="Title of the text, where it has none or a bad one.")(
        command
    )


def traveller_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add --traveller."""
    return click.option(
        "--traveller",
        metavar="NAME",
        help="Whose journey it is, as INPUT names them, or 'first person' for its writer; "
        "by default whoever travels most.",
    )(command)


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


def installed(group: str) -> Callback:
    """Return a callback that refuses a name that no plugin of `group` has, as a matter of usage."""

    def check(_: click.Context, __: click.Parameter, name: str | None) -> str | None:
        from mapper.plugins import names

        if name is not None and name.partition(":")[0] not in (known := names(group)):
            raise click.BadParameter(
                shown(f"{name!r} is none of those installed: {', '.join(known)}.")
            )
        return name

    return check


def recognizer_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add --recognizer."""
    return click.option(
        "--recognizer",
        metavar="NAME",
        default=_built_in_recognizer,
        callback=installed("mapper.recognizers"),
        help="Plugin that finds the place names in the built-in's stead: spacy, or "
        "spacy:MODEL with a model's name or folder.",
    )(command)


def _built_in_recognizer() -> str:
    from mapper.pipeline import RECOGNIZER

    return RECOGNIZER


def read_document(source: str, *, title: str | None, published: dt.date | None) -> Document:
    """Return the document of a file, or of standard input for -."""
    from mapper import plugins
    from mapper.read import file_bytes, file_label

    label = "stdin" if source == STDIN else file_label(source)
    data = read_stdin() if source == STDIN else file_bytes(source)
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


def shown(message: str) -> str:
    """Return a message on one line, whatever names and however long it quotes."""
    line = printable(message)
    if len(line) <= LONGEST_MESSAGE:
        return line
    return f"{line[: LONGEST_MESSAGE // 2]}…{line[-LONGEST_MESSAGE // 2 :]}"

"""The command `mapper`: thin layers over the library, one file for each group of commands.

Exit codes: 0 done, 1 error, 2 wrong usage, 3 nothing to draw.
"""

from __future__ import annotations

import io
import sys

import click

from mapper.cli.common import Group, examples
from mapper.cli.distances import distance
from mapper.cli.evaluations import evaluate
from mapper.cli.explain import explain
from mapper.cli.gazetteers import gazetteer
from mapper.cli.maps import map_command
from mapper.cli.plugin_list import plugins
from mapper.cli.texts import places, stops
from mapper.cli.training import train

__all__ = ["main"]


def _print_version(ctx: click.Context, _: click.Parameter, wanted: bool) -> None:
    if wanted and not ctx.resilient_parsing:
        from mapper.version import __version__

        click.echo(f"mapper {__version__}")
        ctx.exit()


@click.group(
    cls=Group,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog=examples("mapper map article.txt -o article.html"),
)
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_print_version,
    help="Show the version and exit.",
)
def main() -> None:
    """Draw the journey that a text tells, offline, as one standalone page."""
    # Data is UTF-8 whatever the locale says; a half surrogate in a file name is spelled out.
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


for command in (
    *(map_command, stops, places, explain, distance),
    *(gazetteer, plugins, evaluate, train),
):
    main.add_command(command)

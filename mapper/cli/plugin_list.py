"""`mapper plugins`: what is installed, and what of it does not load."""

from __future__ import annotations

import click

from mapper.cli.common import examples
from mapper.cli.table import echo_table

__all__ = ["plugins"]

COLUMNS = ("Group", "Name", "From", "Object", "State")


@click.command(epilog=examples("mapper plugins"))
def plugins() -> None:
    """List what is installed, and what of it is broken."""
    from mapper.plugins import GROUPS, available

    found = [plugin for group in GROUPS for plugin in available(group)]
    echo_table(
        COLUMNS,
        [
            (
                plugin.group,
                plugin.name,
                f"{plugin.distribution} {plugin.version}",
                plugin.value,
                plugin.error or "ok",
            )
            for plugin in found
        ],
    )

"""Folium as the page's shell: its map and its tree of elements, without its network.

branca compiles strings that it is given as Jinja templates, so text from a document
would be run as a program. No text reaches an element here but as `Raw`, which is
never compiled.
"""

from __future__ import annotations

import base64
import hashlib
import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import folium
from branca.element import Element, Figure
from folium.template import Template

__all__ = ["MAP_ID", "Page", "PageParts", "Raw", "StandaloneMap", "sandboxed_frame"]

# Folium numbers elements at random; the map of a page is the only one of ours.
MAP_ID = "map_itinerary"
FRAME_HEIGHT_PX = 640

_INLINE = re.compile(r"<(script|style)((?:\s[^>]*)?)>(.*?)</\1>", re.DOTALL)
_LINKED = re.compile(
    r"<(?:script|link)\s[^>]*?(?:src|href)=\"(https?://[^/\"]+)[^\"]*\"", re.DOTALL
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PageParts:
    """What a page is put together from, each part safe as it stands.

    `head` is markup for the head, `library` the program that all else needs (Leaflet),
    `body` the markup with the block of data, `program` the script that draws it,
    `layers` the script that is added where a user put layers on the map.
    """

    language: str
    head: str
    library: str
    body: str
    program: str
    layers: str


class Raw(Element):
    """Markup or script that is written as it is, never compiled as a template."""

    def __init__(self, code: str) -> None:
        super().__init__()
        self.code = code

    def render(self, **kwargs: Any) -> str:
        """Return the code."""
        return self.code


class StandaloneMap(folium.Map):
    """A `folium.Map` of a journey that needs nothing from the network.

    Layers can be added to it as to any other. What they themselves load from the
    network (tiles, plugins, the icons of `folium.Icon`) they still load.
    """

    # Instance attributes in all but name: `add_js_link` edits these lists in place.
    default_js: list[tuple[str, str]]
    default_css: list[tuple[str, str]]

    _template = Template(
        """
        {% macro script(this, kwargs) %}
            var {{ this.get_name() }} = itineraryMap(
                {{ this.get_name()|tojson }},
                JSON.parse(document.getElementById("{{ this.get_name() }}_data").textContent),
                { center: {{ this.location|tojson }}, ...{{ this.options|tojavascript }} }
            );
        {% endmacro %}
        """
    )

    def __init__(self, parts: PageParts, **options: Any) -> None:
        super().__init__(tiles=None, **options)
        self._id = "itinerary"
        self.default_js, self.default_css = [], []
        self.parts = parts
        Page(parts.language).add_child(self, name=MAP_ID)

    def render(self, **kwargs: Any) -> str:
        """Put this map and what was added to it into the page; return nothing by itself."""
        figure, parts = self.get_root(), self.parts
        assert isinstance(figure, Figure), "A map is rendered inside a figure."
        figure.header.add_child(Raw(parts.head), name="itinerary_head")
        figure.header.add_child(Raw(f"<script>{parts.library}</script>"), name="leaflet")
        figure.html.add_child(Raw(parts.body), name="itinerary_body")
        script = parts.program + (parts.layers if self._children else "")
        macro = self._template.module.script
        figure.script.add_child(Raw(script + macro(self, kwargs)), name=MAP_ID)
        self._link_icons(figure)
        for child in self._children.values():
            child.render(**kwargs)
        if self.objects_to_stay_in_front:
            calls = (f"{it.get_name()}.bringToFront();" for it in self.objects_to_stay_in_front)
            figure.script.add_child(Raw("\n".join(calls)), name="in_front")
        return ""

    def _link_icons(self, figure: Figure) -> None:
        """Link the plugin that `folium.Icon` needs, if there is one on the map."""
        if any(isinstance(element, folium.Icon) for element in _descendants(self)):
            for name, url in folium.Map.default_js:
                if "awesome" in name:
                    figure.header.add_child(folium.JavascriptLink(url), name=name)
            for name, url in folium.Map.default_css:
                if "awesome" in name:
                    figure.header.add_child(folium.CssLink(url), name=name)

    def _repr_html_(self, **kwargs: Any) -> str:
        return sandboxed_frame(self.get_root().render(**kwargs))


class Page(Figure):
    """A branca figure that is a whole page under a content security policy."""

    def __init__(self, language: str) -> None:
        super().__init__()
        self.language = language
        self.header = Element()
        self.header._parent = self

    def render(self, **kwargs: Any) -> str:
        """Return the page: the same bytes however often it is asked for."""
        for child in self._children.values():
            child.render(**kwargs)
        parts = [tuple(it._children.values()) for it in (self.header, self.html, self.script)]
        head, body, script = ("\n".join(it.render(**kwargs) for it in part) for part in parts)
        content = f"{head}\n</head>\n<body>\n{body}\n<script>\n{script}\n</script>\n</body>\n"
        extended = not all(isinstance(element, Raw) for part in parts for element in part)
        return (
            f'<!DOCTYPE html>\n<html lang="{self.language}">\n<head>\n<meta charset="utf-8">\n'
            f'<meta http-equiv="Content-Security-Policy" content="{_policy(content, extended)}">\n'
            f"{content}</html>\n"
        )


def sandboxed_frame(page: str, title: str = "Map of the route") -> str:
    """Return a page inside a frame that can run its own scripts and nothing else."""
    return (
        f'<iframe title="{html.escape(title)}" width="100%" height="{FRAME_HEIGHT_PX}" '
        'style="border:0" sandbox="allow-scripts allow-popups allow-popups-to-escape-sandbox" '
        f'srcdoc="{html.escape(page)}"></iframe>'
    )


def _descendants(element: Element) -> Iterator[Element]:
    for child in element._children.values():
        yield child
        yield from _descendants(child)


def _policy(content: str, extended: bool) -> str:
    """Return the policy: what the page holds by its hashes, nothing from elsewhere.

    A user's own layers may in addition load from the hosts they link to, show pictures
    and fetch data over https, and style their own markup.
    """
    scripts, styles = _hashes(content, "script"), _hashes(content, "style")
    rules = {"default-src": "'none'", "img-src": "data:"}
    if extended:
        hosts = sorted(set(_LINKED.findall(content)))
        scripts, styles = scripts + hosts, styles + hosts
        rules |= {"img-src": "data: https:", "font-src": "data: https:", "connect-src": "https:"}
        rules |= {"style-src-attr": "'unsafe-inline'"}
    rules |= {"script-src": " ".join(scripts), "style-src": " ".join(styles)}
    rules |= {"base-uri": "'none'", "form-action": "'none'"}
    return "; ".join(f"{name} {value}" for name, value in rules.items())


def _hashes(content: str, tag: str) -> list[str]:
    held = (
        code
        for name, attributes, code in _INLINE.findall(content)
        if name == tag and "src=" not in attributes and "json" not in attributes
    )
    digests = (hashlib.sha256(code.encode()).digest() for code in held)
    return [f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests]

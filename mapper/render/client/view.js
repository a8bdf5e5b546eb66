// The view on the route, and the manners of a map that stands in somebody's report.
const FIT_PADDING = { paddingTopLeft: [56, 40], paddingBottomRight: [56, 46] };
const FIT_MARGIN_PX = [112, 86];

class View {
  constructor(map, data, legs) {
    this.map = map;
    this.data = data;
    this.legs = legs;
    this.atHome = true;
    this.ours = false;
    this.folded = [];
    map.on("movestart", () => { this.atHome &&= this.ours; });
  }

  // Runs a change of the view that is not the reader's.
  change(action) {
    this.ours = true;
    action();
    this.ours = false;
  }

  fit() {
    this.atHome = true;
    this.change(() => this.data.crs === "polar" ? this.fitPolar() : this.fitTo(this.data.bounds));
  }

  fitTo(bounds) {
    this.map.fitBounds(bounds, { ...FIT_PADDING, maxZoom: this.data.fitMax, animate: false });
  }

  // Degrees make no box about a pole; pixels do.
  fitPolar() {
    const places = [...this.legs.flatMap(leg => leg.path), ...this.data.nodes.map(node => [node.lat, node.lon])];
    const area = L.bounds(places.map(place => this.map.project(place, 0)));
    const room = this.map.getSize().subtract(FIT_MARGIN_PX);
    const size = area.getSize();
    const zoom = Math.log2(Math.min(room.x / Math.max(size.x, 1e-6), room.y / Math.max(size.y, 1e-6)));
    const snapped = Math.floor(Math.min(zoom, this.data.fitMax) * 4) / 4;
    this.map.setView(this.map.unproject(area.getCenter(), 0), snapped, { animate: false });
  }

  resized() {
    const bounds = this.map.getBounds();
    this.change(() => this.map.invalidateSize({ animate: false, pan: false }));
    if (this.atHome) this.fit();
    return bounds;
  }

  // On paper the map has a size of its own (see page.css) and nothing can be unfolded;
  // what is in sight stays in sight.
  print(on) {
    const bounds = this.map.getBounds();
    const { atHome } = this;
    document.documentElement.classList.toggle("printing", on);
    if (on) this.folded = [...document.querySelectorAll("details:not([open])")];
    this.folded.forEach(details => { details.open = on; });
    this.resized();
    if (!atHome) this.change(() => this.map.fitBounds(bounds, { animate: false }));
  }
}

function addHomeButton(map, view) {
  const Home = L.Control.extend({
    options: { position: "topleft" },
    onAdd() {
      const bar = element("div", "leaflet-bar");
      const button = element("a", "home", "⤢");
      button.href = "#";
      button.title = "Show the whole route";
      button.setAttribute("role", "button");
      button.setAttribute("aria-label", "Show the whole route");
      L.DomEvent.disableClickPropagation(bar).on(button, "click", event => {
        L.DomEvent.preventDefault(event);
        view.fit();
      });
      bar.append(button);
      return bar;
    },
  });
  new Home().addTo(map);
}

// The wheel scrolls the page until the map has the focus or Ctrl is held.
function tameWheel(map) {
  let focused = false;
  map.scrollWheelZoom.disable();
  map.on("focus", () => { focused = true; });
  map.on("blur", () => { focused = false; });
  const allow = event => {
    map.scrollWheelZoom[focused || event.ctrlKey || event.metaKey ? "enable" : "disable"]();
  };
  map.getContainer().addEventListener("wheel", allow, { capture: true, passive: true });
}

// Leaflet hears Escape only while the map itself has the focus, not a pin or a popup.
function closeOnEscape(map) {
  map.getContainer().addEventListener("keydown", event => {
    if (event.key === "Escape") map.closePopup();
  });
}

function linkList(map, stops, legs) {
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  for (const stop of stops) {
    for (const position of stop.v) {
      const row = rowOf(position);
      const button = row?.querySelector("button");
      if (!button) continue;
      const leg = legs.find(({ b }) => b === position);
      const mark = on => {
        stop.marker.getElement().classList.toggle("hot", on);
        leg?.line.getElement()?.classList.toggle("hot", on);
      };
      button.disabled = false;
      button.addEventListener("click", () => {
        map.getContainer().scrollIntoView({ block: "nearest" });
        map.panTo(stop.marker.getLatLng(), { animate: !calm.matches });
        stop.marker.openPopup();
      });
      for (const event of ["mouseenter", "focusin"]) row.addEventListener(event, () => mark(true));
      for (const event of ["mouseleave", "focusout"]) row.addEventListener(event, () => mark(false));
    }
  }
}

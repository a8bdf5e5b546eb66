// Labels are placed anew after each move, the most wanted first: names of stops,
// distances, arrows, countries, towns. What finds no room waits for another zoom, and
// stands in the list all the same.
const EDGE_PX = 4;
const SAMPLE_PX = 6;
const CELL_PX = 4;
const ARROW_FROM_PX = 46;
const NAME_SIDES = [[1, 0], [-1, 0], [0, -1], [0, 1], [1, -1], [1, 1], [-1, -1], [-1, 1]];
const NAME_AWAY_PX = [2, 9];
const PILL_SPOTS = [0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74];
const PILL_AWAY_PX = [12, 20, 30, 42, 54];
const PILL_TURNS = [90, 75, 105, 60, 120, 45, 135, 30, 150].flatMap(degrees => [degrees, -degrees])
  .map(degrees => degrees * Math.PI / 180);
// A pill beside its leg must not look like that of the leg it lies on.
const COVER_COST = 40;
// What a tie costs for each step over a pin or a label, and how many are too many to read.
const CROSSING_COST = 20;
const MAX_CROSSED = 4;
// From the edge of a town's label to the middle of its dot.
const TOWN_DOT_PX = 4;
const ARROW_SPOTS = [0.72, 0.3, 0.82, 0.2, 0.6];

function box(x, y, size, pad = 0) {
  const halfX = size.x / 2 + pad;
  const halfY = size.y / 2 + pad;
  return { left: x - halfX, top: y - halfY, right: x + halfX, bottom: y + halfY };
}

function cell(position) {
  return Math.floor(position / CELL_PX);
}

class Labels {
  constructor(map, data, legs, stops) {
    this.map = map;
    this.legs = legs;
    this.stops = stops;
    this.pane = map.createPane("labels");
    this.pane.setAttribute("aria-hidden", "true");
    this.names = stops.map(stop => this.make("stop-name", stop.names));
    this.pills = legs.map(leg => this.make(leg.planned ? "pill planned" : "pill", leg.t));
    this.ties = legs.map(leg => this.make(leg.planned ? "tie planned" : "tie"));
    this.arrows = legs.map(leg => this.make(leg.planned ? "arrow planned" : "arrow"));
    this.around = data.context.map(([name, lat, lon, kind]) =>
      ({ at: [lat, lon], town: kind === "t", node: this.make(kind === "t" ? "town" : "country", name) }));
  }

  make(kind, text) {
    const node = element("div", `label ${kind}`, text);
    node.dir = "auto";
    this.pane.append(node);
    return node;
  }

  hide() {
    this.pane.style.visibility = "hidden";
  }

  place() {
    this.window = this.map.getSize();
    this.taken = [...this.controls(), ...this.stops.map(stop => box(stop.at.x, stop.at.y, stop.half.multiplyBy(2)))];
    this.samples = this.legs.map(leg => this.sampled(leg));
    this.crowd = this.countedByCell();
    [...this.pane.children].forEach(node => { node.style.visibility = "hidden"; });
    this.placeNames();
    this.placePills();
    this.placeArrows();
    this.placeSurroundings();
    this.pane.style.visibility = "";
  }

  controls() {
    const frame = this.map.getContainer().getBoundingClientRect();
    const controls = this.map.getContainer().querySelectorAll(".leaflet-control");
    return [...controls].map(control => {
      const { left, top, right, bottom } = control.getBoundingClientRect();
      return {
        left: left - frame.left, top: top - frame.top, right: right - frame.left, bottom: bottom - frame.top,
      };
    });
  }

  // The part of a leg that is in the window, as points in equal steps with their direction.
  sampled(leg) {
    const view = L.bounds([0, 0], this.window);
    const points = leg.path.map(position => this.map.latLngToContainerPoint(position));
    const samples = [];
    for (let i = 1; i < points.length; i++) {
      const part = L.LineUtil.clipSegment(points[i - 1], points[i], view, false, false);
      if (!part) continue;
      const way = part[1].subtract(part[0]);
      const length = Math.hypot(way.x, way.y);
      const count = Math.max(1, Math.round(length / SAMPLE_PX));
      for (let k = 0; k < count; k++) {
        const { x, y } = part[0].add(way.multiplyBy((k + 0.5) / count));
        samples.push({ x, y, angle: Math.atan2(way.y, way.x), length: length / count });
      }
    }
    return samples;
  }

  countedByCell() {
    const columns = Math.ceil(this.window.x / CELL_PX) + 1;
    const counts = new Uint16Array(columns * (Math.ceil(this.window.y / CELL_PX) + 1));
    for (const { x, y } of this.samples.flat()) {
      counts[cell(y) * columns + cell(x)]++;
    }
    return { columns, counts };
  }

  // How much of the route a box would cover, beside the samples of its own leg.
  cost(area, own = []) {
    const { columns, counts } = this.crowd;
    const [left, top, right, bottom] = [area.left, area.top, area.right, area.bottom].map(cell);
    let sum = 0;
    for (let row = top; row <= bottom; row++) {
      for (let column = left; column <= right; column++) sum += counts[row * columns + column] || 0;
    }
    const held = own.filter(({ x, y }) =>
      cell(x) >= left && cell(x) <= right && cell(y) >= top && cell(y) <= bottom);
    return sum - held.length;
  }

  free(area, pad = 1) {
    const inside = area.left > EDGE_PX && area.top > EDGE_PX
      && area.right < this.window.x - EDGE_PX && area.bottom < this.window.y - EDGE_PX;
    return inside && !this.taken.some(other => area.left < other.right + pad
      && area.right > other.left - pad && area.top < other.bottom + pad && area.bottom > other.top - pad);
  }

  sizeOf(node) {
    node.size ??= L.point(node.offsetWidth, node.offsetHeight);
    return node.size;
  }

  show(node, area, angle) {
    const corner = this.map.containerPointToLayerPoint([area.left, area.top]);
    const turn = angle === undefined ? "" : ` rotate(${angle.toFixed(3)}rad)`;
    node.style.transform = `translate(${corner.x.toFixed(1)}px, ${corner.y.toFixed(1)}px)${turn}`;
    node.style.visibility = "visible";
  }

  claim(node, area, angle) {
    this.show(node, area, angle);
    this.taken.push(area);
  }

  placeNames() {
    const order = this.stops.map((_, i) => i);
    order.sort((a, b) => this.stops[b].v.length - this.stops[a].v.length || a - b);
    for (const i of order) {
      const area = this.bestBeside(this.stops[i], this.sizeOf(this.names[i]));
      if (area) this.claim(this.names[i], area);
    }
  }

  bestBeside({ at, half }, size) {
    let best = null;
    NAME_AWAY_PX.forEach((away, far) => NAME_SIDES.forEach(([dx, dy], side) => {
      const x = at.x + dx * (size.x / 2 + (dy ? half.x * 0.4 : half.x) + away);
      const y = at.y + dy * (size.y / 2 + half.y + away - 1);
      const area = box(x, y, size);
      if (!this.free(area)) return;
      const cost = this.cost(area) * 3 + side * 0.5 + far * 8;
      if (!best || cost < best.cost) best = { area, cost };
    }));
    return best?.area;
  }

  placePills() {
    const order = this.legs.map((_, i) => i);
    order.sort((a, b) => this.legs[b].km - this.legs[a].km || a - b);
    for (const i of order) {
      const size = this.sizeOf(this.pills[i]);
      const on = this.onLine(this.samples[i], PILL_SPOTS, size);
      if (on) this.claim(this.pills[i], on.area);
      else this.placeBeside(i, size);
    }
  }

  // The first free spot on a leg that covers least of the others.
  onLine(samples, spots, size, pad) {
    let best = null;
    for (const spot of spots) {
      const sample = samples[Math.floor(spot * samples.length)];
      const area = sample && box(sample.x, sample.y, size);
      if (!area || !this.free(area, pad)) continue;
      const cost = this.cost(area, samples);
      if (!best || cost < best.cost) best = { area, sample, cost };
    }
    return best;
  }

  // A leg too short for its pill has it beside, tied to the middle by a thin line.
  placeBeside(i, size) {
    const middle = this.samples[i][Math.floor(this.samples[i].length / 2)];
    if (!middle) return;
    let best = null;
    for (const away of PILL_AWAY_PX) {
      for (const turn of PILL_TURNS) {
        const angle = middle.angle + turn;
        const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
        const reach = away + Math.min(size.x / 2 / Math.abs(cos), size.y / 2 / Math.abs(sin));
        const area = box(middle.x + cos * reach, middle.y + sin * reach, size);
        if (!this.free(area)) continue;
        const crossed = this.crossed(middle, cos, sin, away);
        if (crossed > MAX_CROSSED) continue;
        const cost = this.cost(area) * COVER_COST + crossed * CROSSING_COST + away;
        if (!best || cost < best.cost) best = { area, cost, away, angle };
      }
    }
    if (!best) return;
    this.claim(this.pills[i], best.area);
    this.ties[i].style.width = `${best.away}px`;
    this.show(this.ties[i], { left: middle.x, top: middle.y }, best.angle);
  }

  // How many steps of a tie would run over pins and labels.
  crossed(from, cos, sin, away) {
    let count = 0;
    for (let step = 2; step < away; step += 4) {
      const [x, y] = [from.x + cos * step, from.y + sin * step];
      if (this.taken.some(it => x > it.left && x < it.right && y > it.top && y < it.bottom)) count++;
    }
    return count;
  }

  placeArrows() {
    this.samples.forEach((samples, i) => {
      const length = samples.reduce((sum, sample) => sum + sample.length, 0);
      if (length < ARROW_FROM_PX) return;
      const spot = this.onLine(samples, ARROW_SPOTS, this.sizeOf(this.arrows[i]), 2);
      if (spot) this.claim(this.arrows[i], spot.area, spot.sample.angle);
    });
  }

  // Surroundings yield to everything: they cover no line, touch no label.
  placeSurroundings() {
    for (const { at, town, node } of this.around) {
      const size = this.sizeOf(node);
      const { x, y } = this.map.latLngToContainerPoint(at);
      const off = town ? size.x / 2 - TOWN_DOT_PX : 0;
      const side = (town ? [1, -1] : [1]).find(way => {
        const area = box(x + way * off, y, size);
        return this.free(area, 2) && this.cost(area) <= (town ? 0 : 3);
      });
      if (!side) continue;
      node.classList.toggle("left", side < 0);
      this.claim(node, box(x + side * off, y, size));
    }
  }
}

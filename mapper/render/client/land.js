// Land, coasts and borders: see base_map in mapper/render/basemap.py for the data.
const SEAM_DEG = 0.01;
const SEAM_LATITUDE_DEG = -84.9;

function drawLand(map, data, renderer) {
  const arcs = decodePaths(data.base.a, data.base.g);
  const borders = decodePaths(data.base.x, data.base.g);
  const polygons = data.base.c.flatMap(([, shapes]) =>
    shapes.map(rings => rings.map(ring => joinArcs(ring, arcs)))
  ).filter(rings => !surrounds(data, rings[0]));
  const coasts = arcs.flatMap(withoutSeams);
  const style = { renderer, interactive: false, smoothFactor: 0.6 };
  for (const copy of data.copies) {
    const area = new FineArea(shifted(polygons, copy), { ...style, stroke: false, className: "land" });
    const coast = new FineLine(shifted(coasts, copy), { ...style, className: "coast" });
    const border = new FineLine(shifted(borders, copy), { ...style, className: "border" });
    [area, coast, border].forEach(layer => layer.addTo(map));
  }
}

// A ring of arc numbers, ~k being arc k backwards, as one run of positions. The middle
// of its longitudes is within ±180; about a pole it is closed over the pole.
function joinArcs(ring, arcs) {
  const run = [];
  for (const number of ring) {
    const arc = number < 0 ? [...arcs[~number]].reverse() : arcs[number];
    const last = run.at(-1);
    const turn = last ? 360 * Math.round((last[1] - arc[0][1]) / 360) : 0;
    for (const [lat, lon] of last ? arc.slice(1) : arc) run.push([lat, lon + turn]);
  }
  const longitudes = run.map(position => position[1]);
  const sum = Math.min(...longitudes) + Math.max(...longitudes);
  const outline = shifted(run, -360 * Math.floor(sum / 720 + 0.5));
  const first = outline[0];
  const last = outline.at(-1);
  if (Math.abs(last[1] - first[1]) > 180) outline.push([-90, last[1]], [-90, first[1]]);
  return outline;
}

// Seen from the north pole, Antarctica would be all round the world and inside out.
function surrounds(data, outline) {
  return data.crs === "polar" && !data.south && outline.at(-1)[0] === -90;
}

// Arcs along the date line and the pole close a shape and are no coast.
function withoutSeams(arc) {
  const atSeam = ([lat, lon]) =>
    Math.abs(Math.abs(lon) - 180) < SEAM_DEG || lat < SEAM_LATITUDE_DEG;
  const lines = [[]];
  arc.forEach((position, i) => {
    if (i && atSeam(position) && atSeam(arc[i - 1])) lines.push([]);
    lines.at(-1).push(position);
  });
  return lines.filter(line => line.length > 1);
}

function shifted(positions, degrees) {
  if (!degrees) return positions;
  if (typeof positions[0] === "number") return [positions[0], positions[1] + degrees];
  return positions.map(inner => shifted(inner, degrees));
}

// The step of the graticule in degrees, by zoom.
const GRATICULE_STEPS = [30, 30, 20, 10, 5, 5, 2, 1, 0.5, 0.25, 0.1, 0.1, 0.05, 0.02, 0.01];
const POLAR_REACH_DEG = 60;
const MERIDIAN_VERTICES = 90;

function drawGraticule(map, data, renderer) {
  const lines = new FineLine([], { renderer, interactive: false, className: "graticule" }).addTo(map);
  return () => {
    const zoom = Math.max(0, Math.min(GRATICULE_STEPS.length - 1, Math.floor(map.getZoom())));
    const step = GRATICULE_STEPS[zoom];
    lines.setLatLngs(data.crs === "polar" ? polarGrid(step, data.south) : mercatorGrid(map, step));
  };
}

function mercatorGrid(map, step) {
  const view = map.getBounds().pad(0.5);
  const south = Math.max(-80, Math.floor(view.getSouth() / step) * step);
  const north = Math.min(84, view.getNorth());
  const west = Math.floor(view.getWest() / step) * step;
  const east = view.getEast();
  const lines = [];
  for (let lat = south; lat <= north; lat += step) lines.push([[lat, west], [lat, east]]);
  for (let lon = west; lon <= east; lon += step) lines.push([[south, lon], [north, lon]]);
  return lines;
}

function polarGrid(step, south) {
  const sign = south ? -1 : 1;
  const lines = [];
  for (let off = step; off <= POLAR_REACH_DEG; off += step) {
    const circle = [];
    for (let i = 0; i <= MERIDIAN_VERTICES; i++) {
      circle.push([sign * (90 - off), i * 360 / MERIDIAN_VERTICES - 180]);
    }
    lines.push(circle);
  }
  for (let lon = -180; lon < 180; lon += Math.max(step, 10)) {
    lines.push([[sign * (90 - POLAR_REACH_DEG), lon], [sign * 89.9, lon]]);
  }
  return lines;
}

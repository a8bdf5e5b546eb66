// Pins that would cover one another at this zoom are pushed apart; a stalk leads from a
// pushed pin to its place.
const PIN_GAP_PX = 3;
const PIN_PUSH_PX = 44;
const PIN_ROUNDS = 60;
const STALK_FROM_PX = 4;

// Sets `at`, the middle of the pin in pixels of the map's window, and `half`, half its size.
function placePins(map, stops) {
  for (const stop of stops) {
    const home = map.latLngToContainerPoint(stop.marker.getLatLng());
    stop.home = home;
    stop.at = home.clone();
    stop.half ??= L.point(stop.pin.offsetWidth / 2, stop.pin.offsetHeight / 2);
  }
  if (stops.length <= MANY_STOPS) pushApart(stops);
  stops.forEach(showPin);
}

function pushApart(stops) {
  for (let round = 0; round < PIN_ROUNDS; round++) {
    let moved = false;
    for (let i = 0; i < stops.length; i++) {
      for (let j = i + 1; j < stops.length; j++) moved = separate(stops[i], stops[j]) || moved;
    }
    if (!moved) break;
  }
  for (const stop of stops) {
    const push = stop.at.subtract(stop.home);
    const length = Math.hypot(push.x, push.y);
    if (length > PIN_PUSH_PX) stop.at = stop.home.add(push.multiplyBy(PIN_PUSH_PX / length));
  }
}

// Moves two pins half their overlap each, along the line between their true places.
function separate(a, b) {
  const gapX = a.half.x + b.half.x + PIN_GAP_PX - Math.abs(a.at.x - b.at.x);
  const gapY = a.half.y + b.half.y + PIN_GAP_PX - Math.abs(a.at.y - b.at.y);
  if (gapX <= 0 || gapY <= 0) return false;
  let way = b.home.subtract(a.home);
  if (Math.hypot(way.x, way.y) < 0.5) way = L.point(1, 0);
  const steepX = Math.abs(way.x) < 0.01 ? Infinity : gapX / Math.abs(way.x);
  const steepY = Math.abs(way.y) < 0.01 ? Infinity : gapY / Math.abs(way.y);
  const half = way.multiplyBy((Math.min(steepX, steepY) + 0.01) / 2);
  a.at = a.at.subtract(half);
  b.at = b.at.add(half);
  return true;
}

// Margins, because Leaflet's own place for the marker is in its transform.
function showPin({ marker, stalk, home, at, half }) {
  const push = at.subtract(home);
  const length = Math.hypot(push.x, push.y);
  const { style } = marker.getElement();
  style.marginLeft = `${(push.x - half.x).toFixed(1)}px`;
  style.marginTop = `${(push.y - half.y).toFixed(1)}px`;
  stalk.style.left = `${(half.x - push.x).toFixed(1)}px`;
  stalk.style.top = `${(half.y - push.y - 1).toFixed(1)}px`;
  stalk.style.width = length < STALK_FROM_PX ? "0" : `${length.toFixed(1)}px`;
  stalk.style.transform = `rotate(${Math.atan2(push.y, push.x).toFixed(3)}rad)`;
}

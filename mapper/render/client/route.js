// Legs, numbered stops, and their popups. Text is only ever set as textContent, or
// copied as nodes from the list that the page carries.
const MANY_STOPS = 60;
const POPUP_MARGIN_PX = [104, 90];
const LEG_STYLE = { smoothFactor: 0.5, lineCap: "round", lineJoin: "round" };

function element(tag, className, text) {
  const node = document.createElement(tag);
  if (className) node.className = className;
  if (text !== undefined) node.textContent = text;
  return node;
}

function rowOf(position) {
  return document.querySelector(`[data-stop="${position}"]`);
}

function drawLegs(map, data, renderer) {
  return data.legs.map(leg => {
    const path = decodePath(leg.p, data.lg);
    const kind = leg.planned ? " planned" : "";
    new FineLine(path, { ...LEG_STYLE, renderer, interactive: false, className: "halo" }).addTo(map);
    const line = new FineLine(path, {
      ...LEG_STYLE, renderer, className: `leg${kind}`, bubblingMouseEvents: false,
    }).addTo(map);
    const drawn = { ...leg, path, line };
    line.on("mouseover", () => highlightLeg(drawn, true));
    line.on("mouseout", () => highlightLeg(drawn, false));
    line.on("click", event => openLeg(map, data, drawn, event.latlng));
    return drawn;
  });
}

// A popup stands beside the buttons and is never larger than a phone's map.
function popupOptions(map) {
  const room = map.getSize().subtract(POPUP_MARGIN_PX);
  return {
    minWidth: 120, maxWidth: Math.min(300, room.x), maxHeight: room.y,
    autoPanPaddingTopLeft: [52, 8], autoPanPaddingBottomRight: [8, 8],
  };
}

function highlightLeg(leg, on) {
  leg.line.getElement()?.classList.toggle("hot", on);
  rowOf(leg.b)?.classList.toggle("hot", on);
}

function openLeg(map, data, leg, at) {
  const content = element("div", "popup");
  const ends = element("strong");
  ends.append(
    element("bdi", "", data.stops[leg.a].name), " → ", element("bdi", "", data.stops[leg.b].name));
  content.append(ends, element("div", "", leg.t));
  L.popup(popupOptions(map)).setLatLng(at).setContent(content).openOn(map);
}

function drawStops(map, data) {
  const many = data.nodes.length > MANY_STOPS;
  return data.nodes.map(node => {
    const stops = node.v.map(position => data.stops[position]);
    const pin = element("span", "pin", many ? "" : pinText(stops));
    const stalk = element("span", "stalk");
    const html = element("span", "");
    html.append(stalk, pin);
    const marker = L.marker([node.lat, node.lon], {
      icon: L.divIcon({ html, className: stopClass(stops, many), iconSize: null, popupAnchor: [0, -8] }),
      keyboard: !many, alt: "", title: "", riseOnHover: true,
    });
    marker.bindPopup(() => stopPopup(data, node), popupOptions(map));
    marker.on("add", () => nameMarker(marker.getElement(), stops, many));
    const mark = on => node.v.forEach(position => rowOf(position)?.classList.toggle("hot", on));
    marker.on("mouseover", () => mark(true)).on("mouseout", () => mark(false));
    marker.addTo(map);
    return { ...node, marker, pin, stalk, names: names(stops) };
  });
}

function pinText(stops) {
  const numbers = stops.map(stop => stop.n);
  return numbers.length > 3 ? `${numbers[0]} · …` : numbers.join(" · ");
}

function names(stops) {
  return [...new Set(stops.map(stop => stop.name))].slice(0, 2).join(" / ");
}

function stopClass(stops, many) {
  const marks = ["stop"];
  if (many) marks.push("dot");
  if (stops.every(stop => stop.kind === "planned")) marks.push("planned");
  if (stops.every(stop => stop.kind === "passed")) marks.push("passed");
  if (stops.every(stop => stop.unsure)) marks.push("unsure");
  return marks.join(" ");
}

function nameMarker(node, stops, many) {
  if (many) {
    node.setAttribute("aria-hidden", "true");
    return;
  }
  const parts = stops.map(stop => {
    const notes = [stop.kind === "planned" && "planned", stop.unsure && "uncertain"];
    return [`${stop.n}: ${stop.name}`, ...notes.filter(Boolean)].join(", ");
  });
  node.setAttribute("aria-label", parts.join("; "));
}

function stopPopup(data, node) {
  const popup = element("div", "popup");
  for (const position of node.v) {
    const stop = data.stops[position];
    const heading = element("strong");
    heading.append(`${stop.n}. `, element("bdi", "", stop.name));
    popup.append(heading);
    const facts = rowOf(position)?.querySelector(".facts");
    if (facts) popup.append(facts.cloneNode(true));
  }
  return popup;
}

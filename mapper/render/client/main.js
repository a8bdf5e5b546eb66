// The one way in: makes the map of a page from its block of data, and returns it.
function itineraryMap(id, data, options) {
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const motion = calm ? { zoomAnimation: false, fadeAnimation: false, markerZoomAnimation: false } : {};
  const crs = data.crs === "polar" ? polarCrs(data.south) : L.CRS.EPSG3857;
  const map = L.map(id, { ...options, ...motion, crs });
  map.createPane("land").style.zIndex = 200;
  const landRenderer = L.svg({ pane: "land", padding: 0.6 });

  // Lines need a view to be drawn on; the right one is set when all of them are there.
  map.setView(options.center, options.zoom, { animate: false });
  drawLand(map, data, landRenderer);
  const drawGrid = drawGraticule(map, data, landRenderer);
  const legs = drawLegs(map, data, L.svg({ padding: 0.6 }));
  const stops = drawStops(map, data);
  const view = new View(map, data, legs);

  addHomeButton(map, view);
  L.control.scale({ maxWidth: 110, imperial: false }).addTo(map);
  map.attributionControl.setPrefix(false).addAttribution("Natural Earth · Leaflet");
  tameWheel(map);
  closeOnEscape(map);
  linkList(map, stops, legs);

  const labels = new Labels(map, data, legs, stops);
  const settle = () => {
    drawGrid();
    placePins(map, stops);
    labels.place();
  };
  view.fit();
  settle();
  map.on("zoomstart", () => labels.hide());
  map.on("moveend", settle);
  addEventListener("beforeprint", () => view.print(true));
  addEventListener("afterprint", () => view.print(false));
  new ResizeObserver(() => view.resized()).observe(map.getContainer());
  return map;
}

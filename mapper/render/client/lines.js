// Leaflet rounds the vertices of lines to whole pixels, and a dense geodesic then looks
// jagged. These keep a tenth of a pixel.
function projectFinely(latlngs, rings, bounds) {
  if (!(latlngs[0] instanceof L.LatLng)) {
    latlngs.forEach(part => projectFinely.call(this, part, rings, bounds));
    return;
  }
  const origin = this._map.getPixelOrigin();
  const ring = latlngs.map(latlng => {
    const point = this._map.project(latlng)._subtract(origin);
    return L.point(Math.round(point.x * 10) / 10, Math.round(point.y * 10) / 10);
  });
  ring.forEach(point => bounds.extend(point));
  rings.push(ring);
}

const FineLine = L.Polyline.extend({ _projectLatlngs: projectFinely });
const FineArea = L.Polygon.extend({ _projectLatlngs: projectFinely });

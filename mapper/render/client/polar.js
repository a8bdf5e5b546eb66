// Azimuthal equidistant about a pole, the same as mapper/render/projection.py.
const AUTHALIC_RADIUS_M = 6371007.2;
const AZIMUTHAL_WIDTH_M = 4e7;

function polarCrs(south) {
  const sign = south ? -1 : 1;
  const half = AZIMUTHAL_WIDTH_M / 2;
  const projection = {
    bounds: L.bounds([-half, -half], [half, half]),
    project({ lat, lng }) {
      const radius = ((90 - sign * lat) * Math.PI / 180) * AUTHALIC_RADIUS_M;
      const angle = lng * Math.PI / 180;
      return L.point(radius * Math.sin(angle), -sign * radius * Math.cos(angle));
    },
    unproject({ x, y }) {
      const lat = 90 - Math.hypot(x, y) / AUTHALIC_RADIUS_M * 180 / Math.PI;
      return L.latLng(sign * lat, Math.atan2(x, -sign * y) * 180 / Math.PI);
    },
  };
  const scale = 1 / AZIMUTHAL_WIDTH_M;
  return L.extend({}, L.CRS, {
    code: "azimuthal",
    projection,
    transformation: new L.Transformation(scale, 0.5, -scale, 0.5),
    distance: L.CRS.Earth.distance,
    R: L.CRS.Earth.R,
    infinite: true,
  });
}

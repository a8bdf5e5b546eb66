// What folium layers that a user added expect of a page, without the network: a picture
// for plain markers, and the one call that popups make to jQuery.
const MARKER = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 25 41"><path fill="#2a6f97" '
  + 'stroke="#fff" d="M12.5 40C10 28 1 21 1 12.5a11.5 11.5 0 0 1 23 0C24 21 15 28 12.5 40z"/>'
  + '<circle cx="12.5" cy="12.5" r="4.5" fill="#fff"/></svg>';

function prepareLayers() {
  const icon = `data:image/svg+xml,${encodeURIComponent(MARKER)}`;
  L.Icon.Default.imagePath = "";
  L.Icon.Default.mergeOptions({ iconUrl: icon, iconRetinaUrl: icon });
  L.Icon.Default.prototype.createShadow = () => null;
  globalThis.$ ??= html => {
    if (typeof html !== "string") return { ready: action => action() };
    const template = document.createElement("template");
    template.innerHTML = html.trim();
    return [...template.content.childNodes];
  };
}

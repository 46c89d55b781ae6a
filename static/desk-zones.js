// Drawing new zones on the picture of a page, and giving zones other corners. The plain forms under the articles do the
// latter without this file.
(() => {
  const desk = window.deskPlate;
  if (!desk) return;
  const one = (selector, root = document) => root.querySelector(selector);
  const { form, fields, plate, view, svg, types, zones, tall, say, at, tell, mark, tools, pixels, reach, ARROWS } = desk;
  const layer = one("[data-draw]", svg);

  const NS = "http://www.w3.org/2000/svg";
  const make = (name, attributes, parent = layer) => {
    const el = document.createElementNS(NS, name);
    for (const [key, value] of Object.entries(attributes)) el.setAttribute(key, value);
    parent.append(el);
    return el;
  };
  const list = corners => corners.map(([x, y]) => `${x.toFixed(1)},${y.toFixed(1)}`).join(" ");
  const hundredths = polygons => polygons.map(polygon => polygon.map(([x, y]) => `${(x / 10).toFixed(2)},${(y / tall * 100).toFixed(2)}`).join(" ")).join("; ");
  const inside = (corners, x, y) => corners.reduce((odd, [x0, y0], i) => {
    const [x1, y1] = corners[(i + 1) % corners.length];
    return (y0 > y) !== (y1 > y) && x < (x1 - x0) * (y - y0) / (y1 - y0) + x0 ? !odd : odd;
  }, false);
  const lineAmong = (polygons, type) => {
    const x = Number(type.getAttribute("x")) + type.getAttribute("width") / 2, y = Number(type.getAttribute("y")) + type.getAttribute("height") / 2;
    return polygons.some(polygon => inside(polygon, x, y));
  };
  const drawnForm = one("[data-drawn]", plate), shapedForm = one("[data-shaped]", plate);
  let drawn = [], shape = [];

  const setMode = next => {
    desk.mode = next;
    svg.dataset.mode = next;
    for (const [name, button] of Object.entries(tools)) button.setAttribute("aria-pressed", String(name === next));
    layer.replaceChildren();
    drawn = [];
    drawnForm.hidden = true;
    shapedForm.hidden = next !== "shape";
    zones.forEach(zone => zone.classList.toggle("hushed", next === "shape" && zone === desk.current));
    if (fields) fields.hidden = false;
    if (next === "choose") mark(); else tell(next);
    if (next === "shape") begin();
  };
  for (const [name, button] of Object.entries(tools)) button.addEventListener("click", () => setMode(desk.mode === name ? "choose" : name));
  addEventListener("keydown", event => { if (event.key === "Escape" && desk.mode !== "choose") { setMode("choose"); view.focus({ preventScroll: true }); } });

  const preview = corners => { layer.replaceChildren(); return make("polygon", { class: "drawing", points: list(corners) }); };
  const rectangle = ([x0, y0], [x1, y1]) => [[Math.min(x0, x1), Math.min(y0, y1)], [Math.max(x0, x1), Math.min(y0, y1)], [Math.max(x0, x1), Math.max(y0, y1)], [Math.min(x0, x1), Math.max(y0, y1)]];
  const boxFrom = event => {
    if (event.button) return;
    event.preventDefault();
    const from = at(event);
    svg.setPointerCapture(event.pointerId);
    const move = e => preview(rectangle(from, at(e)));
    const end = e => {
      svg.removeEventListener("pointermove", move); svg.removeEventListener("pointerup", end); svg.removeEventListener("pointercancel", end);
      const corners = rectangle(from, at(e));
      if (e.type === "pointerup" && corners[1][0] - corners[0][0] > 15 && corners[2][1] - corners[0][1] > 15) finish(corners);
      else layer.replaceChildren();
    };
    svg.addEventListener("pointermove", move); svg.addEventListener("pointerup", end); svg.addEventListener("pointercancel", end);
  };
  svg.addEventListener("click", event => {
    if (desk.mode !== "corners" || !drawnForm.hidden) return;
    const here = at(event), near = drawn.length > 2 && Math.hypot(here[0] - drawn[0][0], here[1] - drawn[0][1]) < pixels(12);
    if (near || event.detail > 1 && drawn.length > 2) return finish(drawn);
    drawn.push(here);
    preview(drawn);
    for (const [x, y] of drawn) make("circle", { class: "corner", cx: x, cy: y, r: pixels(5) });
    view.focus({ preventScroll: true });
  });
  const finish = corners => {
    preview(corners);
    one("[data-polygon]", drawnForm).value = hundredths([corners]);
    const within = types.filter(type => lineAmong([corners], type));
    one("[data-inside]", drawnForm).textContent = say("lines", within.length);
    drawnForm.hidden = false;
    if (fields) fields.hidden = true;
    one("select", drawnForm).focus();
  };
  one("[data-drawn-drop]", plate).addEventListener("click", () => setMode("choose"));
  // Only the button that says so sends the zone.
  form.addEventListener("keydown", event => {
    if (event.key === "Enter" && event.target.matches("select, input") && !drawnForm.hidden) { event.preventDefault(); form.requestSubmit(one("[data-drawn-go]", plate)); }
  });

  // ---- reshaping

  const begin = () => {
    shape = (desk.current?.dataset.corners ?? "").split(";").filter(text => text.trim()).map(text => text.trim().split(/\s+/).map(pair => {
      const [x, y] = pair.split(",").map(Number);
      return [x * 10, y / 100 * tall];
    }));
    handles();
    one("[data-corner]", layer)?.focus({ preventScroll: true });
  };
  const handles = (focused = null) => {
    layer.replaceChildren();
    shape.forEach((polygon, n) => {
      make("polygon", { class: "drawing", points: list(polygon) });
      polygon.forEach(([x, y], i) => {
        const [nx, ny] = polygon[(i + 1) % polygon.length];
        make("circle", { class: "corner corner--new", cx: (x + nx) / 2, cy: (y + ny) / 2, r: pixels(reach * 0.7), "data-between": `${n}-${i}` });
      });
      polygon.forEach(([x, y], i) => {
        const el = make("circle", { class: "corner", cx: x, cy: y, r: pixels(reach), "data-corner": `${n}-${i}`, tabindex: "0", role: "button", "aria-label": `${n + 1}-${i + 1}: ${(x / 10).toFixed(1)}, ${(y / tall * 100).toFixed(1)}` });
        if (focused === `${n}-${i}`) el.focus({ preventScroll: true });
      });
    });
  };
  const cornerFrom = event => {
    const between = event.target.closest("[data-between]"), corner = event.target.closest("[data-corner]");
    if (event.button || !(between || corner)) return;
    event.preventDefault();
    let [n, i] = (between ?? corner).dataset[between ? "between" : "corner"].split("-").map(Number);
    if (between) { shape[n].splice(i + 1, 0, at(event)); i += 1; }
    const move = e => { e.preventDefault(); shape[n][i] = at(e); handles(`${n}-${i}`); };
    const end = () => { removeEventListener("pointermove", move); removeEventListener("pointerup", end); removeEventListener("pointercancel", end); handles(`${n}-${i}`); };
    addEventListener("pointermove", move); addEventListener("pointerup", end); addEventListener("pointercancel", end);
  };
  const cornerKey = event => {
    const [n, i] = event.target.dataset.corner.split("-").map(Number), step = event.shiftKey ? 20 : 4;
    if (ARROWS[event.key]) {
      const [dx, dy] = ARROWS[event.key], [x, y] = shape[n][i];
      shape[n][i] = [Math.min(1000, Math.max(0, x + dx * step)), Math.min(tall, Math.max(0, y + dy * step))];
      handles(`${n}-${i}`);
    } else if (event.key === "Delete" && shape[n].length > 3) {
      shape[n].splice(i, 1);
      handles(`${n}-${Math.min(i, shape[n].length - 1)}`);
    } else if (event.key === "Enter") saveShape();
    else return;
    event.preventDefault();
  };
  const saveShape = () => {
    const own = desk.current && one(`[data-zone-form="${desk.current.dataset.zone}"]`);
    if (!own) return;
    own.elements.polygon.value = hundredths(shape);
    own.elements.take.checked = one("[data-shaped-take]", plate).checked;
    own.requestSubmit();
  };
  one("[data-shaped-go]", plate).addEventListener("click", saveShape);
  one("[data-shaped-drop]", plate).addEventListener("click", () => setMode("choose"));

  // Presses and keys that mean a zone. A key that was meant is told by true.
  svg.addEventListener("pointerdown", event => {
    if (desk.mode === "box") boxFrom(event);
    else if (desk.mode === "shape") cornerFrom(event);
  });
  desk.key = event => {
    if (event.target.closest("[data-corner]")) { cornerKey(event); return true; }
    if (event.key !== "Enter" || desk.mode !== "corners" || drawn.length < 3) return false;
    event.preventDefault();
    finish(drawn);
    return true;
  };
})();

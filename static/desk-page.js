// The picture of a page on the desk: choosing lines and zones, dragging them to articles, drawing and reshaping zones.
// Everything but drawing also works by the lines' check boxes and plain forms, without this file.
(() => {
  const one = (selector, root = document) => root.querySelector(selector);
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const form = one("#source");
  if (!form) return;
  const boxes = all('.lines--desk input[type="checkbox"]', form);
  const boxOf = new Map(boxes.map(box => [box.value, box]));
  const changed = () => form.dispatchEvent(new CustomEvent("lines-chosen"));
  const chosen = () => boxes.filter(box => box.checked);

  // ---- the list of lines: arrow keys walk, Shift goes on choosing

  form.addEventListener("keydown", event => {
    const at = boxes.indexOf(event.target);
    if (at < 0 || !["ArrowDown", "ArrowUp"].includes(event.key)) return;
    const next = boxes[at + (event.key === "ArrowDown" ? 1 : -1)];
    if (!next) return;
    event.preventDefault();
    if (event.shiftKey) { event.target.checked = next.checked = true; changed(); }
    next.focus();
  });

  // ---- dragging what is chosen to an article, a paragraph or a basket

  const baskets = one("[data-baskets]"), go = one("[data-move-go]");
  let ghost = null, over = null;
  const target = (x, y) => document.elementFromPoint(x, y)?.closest("[data-basket], .part[data-role], [data-draft]");
  const carry = (x, y, count) => {
    if (!ghost) {
      ghost = document.createElement("div");
      ghost.className = "ghost";
      ghost.textContent = say("lines", count);
      document.body.append(ghost);
      if (baskets) baskets.hidden = false;
      document.body.classList.add("carrying");
    }
    ghost.style.translate = `${x + 12}px ${y + 12}px`;
    const now = target(x, y);
    if (now !== over) { over?.classList.remove("drop-here"); over = now; over?.classList.add("drop-here"); }
  };
  const letGo = () => {
    const here = over;
    ghost?.remove(); ghost = over = null;
    here?.classList.remove("drop-here");
    if (baskets) baskets.hidden = true;
    document.body.classList.remove("carrying");
    return here;
  };
  const put = (name, value) => { const field = form.elements[name]; if (field) field.value = value; };
  const dropOn = here => {
    if (here.dataset.basket) {
      put("to", here.dataset.basket);
      if (here.dataset.basket === "new") { put("role", "same"); put("place", "own"); }
    } else {
      const part = here.closest(".part[data-role]"), draft = here.closest("[data-draft]");
      put("to", draft.id.slice(1));
      put("role", part ? part.dataset.role : "same");
      put("place", part?.dataset.paragraph ? "into" : "own");
      put("paragraph", part?.dataset.paragraph ?? "");
    }
    form.requestSubmit(go);
  };
  const drag = (event, take) => {
    if (event.pointerType === "touch" || event.button) return;
    const from = [event.clientX, event.clientY];
    let moving = false;
    const move = e => {
      if (!moving && Math.hypot(e.clientX - from[0], e.clientY - from[1]) < 6) return;
      if (!moving) { moving = true; take(); getSelection()?.removeAllRanges(); }
      e.preventDefault();
      carry(e.clientX, e.clientY, chosen().length);
    };
    const end = e => {
      removeEventListener("pointermove", move); removeEventListener("pointerup", end); removeEventListener("keydown", stop, true);
      if (!moving) return;
      // The click that follows a drag means nothing.
      const swallow = ev => { ev.preventDefault(); ev.stopPropagation(); };
      addEventListener("click", swallow, { capture: true, once: true });
      setTimeout(() => removeEventListener("click", swallow, true));
      const here = letGo();
      if (e.type === "pointerup" && here && chosen().length) dropOn(here);
    };
    const stop = e => { if (e.key === "Escape") end(e); };
    addEventListener("pointermove", move); addEventListener("pointerup", end); addEventListener("keydown", stop, true);
  };
  one(".lines--desk", form)?.addEventListener("pointerdown", event => {
    const box = event.target.closest("li")?.querySelector("input");
    if (box && event.target !== box) drag(event, () => {
      if (!box.checked) { for (const each of boxes) each.checked = false; box.checked = true; changed(); }
    });
  });

  const sayings = one(".plate-said");
  const say = (what, n) => (one(`[data-say="${what}"]`, sayings ?? document)?.textContent ?? "{n}").replace("{n}", n);

  // What can be done with chosen lines is there once lines are chosen.
  const fields = one("[data-move]");
  const idle = () => fields?.classList.toggle("idle", !chosen().length);
  for (const type of ["change", "click", "lines-chosen"]) form.addEventListener(type, idle);
  idle();

  // ---- the picture

  const plate = one("[data-plate]");
  if (!plate) return;
  const view = one("[data-view]", plate), sheet = one("[data-sheet]", plate), svg = one("[data-drawing]", plate);
  const layer = one("[data-draw]", svg), hint = one("[data-hint]", plate);
  const types = all("[data-line]", svg), typeOf = new Map(types.map(type => [type.dataset.line, type]));
  const zones = all("[data-zone]", svg);
  const tall = svg.viewBox.baseVal.height;
  one("[data-tools]", plate).hidden = false;
  hint.hidden = false;
  svg.classList.add("live");
  const finger = matchMedia("(pointer: coarse)").matches;
  const tell = what => { hint.textContent = say(what === "ready" && finger ? "touch" : what, chosen().length); };
  // A length on the screen in units of the drawing, so that corners are as large at every zoom.
  const pixels = count => count * 1000 / sheet.getBoundingClientRect().width;
  const reach = finger ? 13 : 8;
  let mode = "choose", current = null, last = null;

  // Which side was looked at last is remembered.
  const SIDE = "desk-side", sides = all('[name="view"]', form);
  if (!new URLSearchParams(location.search).has("view") && !/^#l\d/.test(location.hash)) {
    const side = sides.find(each => each.value === localStorage.getItem(SIDE));
    if (side) side.checked = true;
  }
  for (const side of sides) side.addEventListener("change", () => localStorage.setItem(SIDE, side.value));
  const looking = () => sides.find(each => each.checked)?.value === "picture";

  const mark = () => {
    for (const box of boxes) typeOf.get(box.value)?.classList.toggle("on", box.checked);
    for (const zone of zones) {
      const own = types.filter(type => type.dataset.of === zone.dataset.zone);
      zone.classList.toggle("chosen", own.length > 0 && own.every(type => boxOf.get(type.dataset.line)?.checked));
    }
    if (mode === "choose") tell(chosen().length ? "lines" : "ready");
  };
  for (const type of ["change", "click", "lines-chosen"]) form.addEventListener(type, () => setTimeout(mark));

  const choose = (ids, event) => {
    const toggles = event.ctrlKey || event.metaKey || event.pointerType === "touch", more = toggles || event.shiftKey;
    const there = ids.map(id => boxOf.get(id)).filter(Boolean);
    const off = toggles && there.every(box => box.checked);
    if (!more) for (const box of boxes) box.checked = false;
    for (const box of there) box.checked = !off;
    changed();
  };
  const ofZone = zone => types.filter(type => type.dataset.of === zone.dataset.zone).map(type => type.dataset.line);
  const setCurrent = zone => {
    current = zone;
    for (const each of zones) each.classList.toggle("current", each === zone);
    tools.shape.disabled = !zone;
  };

  // ---- zoom and pan

  let zoom = 1;
  const zoomTo = (value, x = view.clientWidth / 2, y = view.clientHeight / 2) => {
    const old = sheet.getBoundingClientRect(), box = view.getBoundingClientRect();
    const px = (box.left + x - old.left) / old.width, py = (box.top + y - old.top) / old.height;
    zoom = Math.min(6, Math.max(0.3, value));
    sheet.style.inlineSize = `${zoom * 100}%`;
    const now = sheet.getBoundingClientRect();
    view.scrollLeft += now.left + px * now.width - box.left - x;
    view.scrollTop += now.top + py * now.height - box.top - y;
  };
  const whole = () => {
    zoom = Math.min(1, (view.clientHeight / view.clientWidth) * (1000 / tall));
    sheet.style.inlineSize = `${zoom * 100}%`;
    view.scrollTo(0, 0);
  };
  all("[data-zoom]", plate).forEach(button => button.addEventListener("click", () => {
    const step = Number(button.dataset.zoom);
    if (step) zoomTo(zoom * (step > 0 ? 1.3 : 1 / 1.3)); else whole();
  }));
  view.addEventListener("wheel", event => {
    if (!event.ctrlKey) return;
    event.preventDefault();
    const box = view.getBoundingClientRect();
    zoomTo(zoom * (event.deltaY < 0 ? 1.15 : 1 / 1.15), event.clientX - box.left, event.clientY - box.top);
  }, { passive: false });
  const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  view.addEventListener("keydown", event => {
    if (event.altKey || event.metaKey || event.ctrlKey) return;
    if (event.target.closest("[data-corner]")) return cornerKey(event);
    const zone = event.target.closest("[data-zone]");
    if (event.key === "+" || event.key === "=") zoomTo(zoom * 1.3);
    else if (event.key === "-") zoomTo(zoom / 1.3);
    else if (event.key === "0") whole();
    else if (ARROWS[event.key]) view.scrollBy(ARROWS[event.key][0] * 80, ARROWS[event.key][1] * 80);
    else if (event.key === " " && zone) { choose(ofZone(zone), { ctrlKey: true }); setCurrent(zone); }
    else if (event.key === "Enter" && mode === "corners" && drawn.length > 2) finish(drawn);
    else return;
    event.preventDefault();
  });
  const showIn = box => {
    const frame = view.getBoundingClientRect();
    if (box.top < frame.top || box.bottom > frame.bottom) view.scrollTop += box.top - frame.top - Math.max(16, (frame.height - box.height) / 2);
    if (box.left < frame.left || box.right > frame.right) view.scrollLeft += box.left - frame.left - Math.max(16, (frame.width - box.width) / 2);
  };

  // ---- choosing on the picture

  const at = event => {
    const box = svg.getBoundingClientRect();
    return [Math.min(1000, Math.max(0, (event.clientX - box.left) / box.width * 1000)), Math.min(tall, Math.max(0, (event.clientY - box.top) / box.height * tall))];
  };
  const tools = Object.fromEntries(all("[data-tool]", plate).map(button => [button.dataset.tool, button]));
  const zoneOf = type => zones.find(zone => zone.dataset.zone === type.dataset.of) ?? null;

  svg.addEventListener("click", event => {
    if (mode !== "choose") { if (event.target.closest("a")) event.preventDefault(); return; }
    const type = event.target.closest("[data-line]"), zone = event.target.closest("[data-zone]");
    if (type) {
      const index = types.indexOf(type);
      if (event.shiftKey && last !== null) choose(types.slice(Math.min(last, index), Math.max(last, index) + 1).map(each => each.dataset.line), event);
      else choose([type.dataset.line], event);
      last = index;
      setCurrent(zoneOf(type));
    } else if (zone && event.detail) {  // Enter, which has no detail, follows the link to the article
      event.preventDefault();
      choose(ofZone(zone), event);
      setCurrent(zone);
    } else if (!zone) {
      choose([], event);
      setCurrent(null);
    }
  });
  svg.addEventListener("dblclick", event => {
    const type = event.target.closest("[data-line]"), zone = event.target.closest("[data-zone]") ?? (type && zoneOf(type));
    if (mode === "choose" && zone) one(zone.getAttribute("href"))?.scrollIntoView({ block: "start" });
  });
  zones.forEach(zone => zone.addEventListener("focus", () => { if (mode === "choose") setCurrent(zone); }));
  svg.addEventListener("pointerdown", event => {
    if (mode === "box") return boxFrom(event);
    if (mode === "shape") return cornerFrom(event);
    if (mode !== "choose" || event.pointerType === "touch" || event.button) return;
    const type = event.target.closest("[data-line]"), zone = event.target.closest("[data-zone]");
    if (type) return drag(event, () => { if (!boxOf.get(type.dataset.line)?.checked) choose([type.dataset.line], event); });
    if (zone) return drag(event, () => { if (!zone.classList.contains("chosen")) choose(ofZone(zone), event); });
    // The white of the page is pulled about.
    const from = [event.clientX, event.clientY, view.scrollLeft, view.scrollTop];
    const pull = e => { view.scrollLeft = from[2] - (e.clientX - from[0]); view.scrollTop = from[3] - (e.clientY - from[1]); };
    const end = () => { removeEventListener("pointermove", pull); removeEventListener("pointerup", end); };
    addEventListener("pointermove", pull); addEventListener("pointerup", end);
  });
  svg.addEventListener("dragstart", event => event.preventDefault());
  // A line lights its article, and the other way round.
  svg.addEventListener("pointerover", event => light(event.target.closest("[data-line]"), true));
  svg.addEventListener("pointerout", event => light(event.target.closest("[data-line]"), false));
  const light = (type, on) => {
    const zone = type && zoneOf(type);
    if (zone) all(`[data-pair="${zone.dataset.pair}"]`).forEach(el => el.classList.toggle("lit", on));
  };

  // Source numbers at the paragraphs lead to the lines, on the side that is looked at.
  one("#drafts")?.addEventListener("click", event => {
    const link = event.target.closest('.src a[href^="#l"]');
    const type = link && looking() ? typeOf.get(link.hash.slice(2)) : null;
    if (!type) return;
    event.preventDefault();
    showIn(type.getBoundingClientRect());
    type.classList.add("pointed");
    setTimeout(() => type.classList.remove("pointed"), 1600);
  });
  one("#drafts")?.addEventListener("focusin", event => {
    const draft = event.target.closest("[data-draft]");
    const zone = draft && looking() && zones.find(each => each.dataset.zone === draft.id.slice(1));
    if (zone) showIn(zone.getBoundingClientRect());
  });

  // ---- drawing

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
    mode = next;
    svg.dataset.mode = next;
    for (const [name, button] of Object.entries(tools)) button.setAttribute("aria-pressed", String(name === next));
    layer.replaceChildren();
    drawn = [];
    drawnForm.hidden = true;
    shapedForm.hidden = next !== "shape";
    zones.forEach(zone => zone.classList.toggle("hushed", next === "shape" && zone === current));
    if (fields) fields.hidden = false;
    if (next === "choose") mark(); else tell(next);
    if (next === "shape") begin();
  };
  for (const [name, button] of Object.entries(tools)) button.addEventListener("click", () => setMode(mode === name ? "choose" : name));
  addEventListener("keydown", event => { if (event.key === "Escape" && mode !== "choose") { setMode("choose"); view.focus({ preventScroll: true }); } });

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
    if (mode !== "corners" || !drawnForm.hidden) return;
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
    shape = (current?.dataset.corners ?? "").split(";").filter(text => text.trim()).map(text => text.trim().split(/\s+/).map(pair => {
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
    const own = current && one(`[data-zone-form="${current.dataset.zone}"]`);
    if (!own) return;
    own.elements.polygon.value = hundredths(shape);
    own.elements.take.checked = one("[data-shaped-take]", plate).checked;
    own.requestSubmit();
  };
  one("[data-shaped-go]", plate).addEventListener("click", saveShape);
  one("[data-shaped-drop]", plate).addEventListener("click", () => setMode("choose"));

  mark();
  const first = boxes.find(box => box.checked), type = first && typeOf.get(first.value);
  if (type && looking()) showIn(type.getBoundingClientRect());
})();

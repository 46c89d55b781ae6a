// The picture of a page on the desk: choosing lines and zones, dragging them to articles, zooming.
// Choosing and moving also works by the lines' check boxes and plain forms, without this file.
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
  for (const first of all("[data-first]")) first.hidden = false;
  const idle = () => fields?.classList.toggle("idle", !chosen().length);
  for (const type of ["change", "click", "lines-chosen"]) form.addEventListener(type, idle);
  idle();

  // After a gesture the page comes back as it was looked at.
  const PLACE = `desk-at:${location.pathname}`, place = JSON.parse(sessionStorage.getItem(PLACE) ?? "null");
  const afresh = performance.getEntriesByType("navigation")[0]?.type === "reload";
  const comeBack = () => { if (place && !afresh && !location.hash && !one("#problem")) scrollTo(0, place[3]); };
  const keep = (...looked) => sessionStorage.setItem(PLACE, JSON.stringify([...looked, scrollY]));

  // ---- the picture

  const plate = one("[data-plate]");
  if (!plate) {
    addEventListener("pagehide", () => keep(1, 0, 0));
    return comeBack();
  }
  const view = one("[data-view]", plate), sheet = one("[data-sheet]", plate), svg = one("[data-drawing]", plate);
  const hint = one("[data-hint]", plate);
  const types = all("[data-line]", svg), typeOf = new Map(types.map(type => [type.dataset.line, type]));
  const zones = all("[data-zone]", svg);
  const tall = svg.viewBox.baseVal.height;
  one("[data-tools]", plate).hidden = false;
  hint.hidden = false;
  svg.classList.add("live");
  // What drawing and reshaping (desk-zones.js) work with; `mode` is choose, box, corners or shape.
  const desk = window.deskPlate = { form, fields, plate, view, sheet, svg, types, zones, tall, say, mode: "choose", current: null };
  const finger = matchMedia("(pointer: coarse)").matches;
  const tell = what => { hint.textContent = say(what === "ready" && finger ? "touch" : what, chosen().length); };
  // A length on the screen in units of the drawing, so that corners are as large at every zoom.
  const pixels = count => count * 1000 / sheet.getBoundingClientRect().width;
  let last = null;

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
    if (desk.mode === "choose") tell(chosen().length ? "lines" : "ready");
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
    desk.current = zone;
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
    if (desk.key?.(event)) return;
    const zone = event.target.closest("[data-zone]");
    if (event.key === "+" || event.key === "=") zoomTo(zoom * 1.3);
    else if (event.key === "-") zoomTo(zoom / 1.3);
    else if (event.key === "0") whole();
    else if (ARROWS[event.key]) view.scrollBy(ARROWS[event.key][0] * 80, ARROWS[event.key][1] * 80);
    else if (event.key === " " && zone) { choose(ofZone(zone), { ctrlKey: true }); setCurrent(zone); }
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
    if (desk.mode !== "choose") { if (event.target.closest("a")) event.preventDefault(); return; }
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
    if (desk.mode === "choose" && zone) one(zone.getAttribute("href"))?.scrollIntoView({ block: "start" });
  });
  zones.forEach(zone => zone.addEventListener("focus", () => { if (desk.mode === "choose") setCurrent(zone); }));
  svg.addEventListener("pointerdown", event => {
    if (desk.mode !== "choose" || event.pointerType === "touch" || event.button) return;
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

  Object.assign(desk, { at, tell, mark, tools, pixels, ARROWS, reach: finger ? 13 : 8 });
  mark();
  addEventListener("pagehide", () => keep(zoom, view.scrollLeft, view.scrollTop));
  if (place && !afresh) {
    zoomTo(place[0]);
    view.scrollTo(place[1], place[2]);
    comeBack();
  }
  const first = boxes.find(box => box.checked), type = first && typeOf.get(first.value);
  if (type && looking()) showIn(type.getBoundingClientRect());
})();

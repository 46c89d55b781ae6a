// Help for editors. Every gesture also works by plain forms, without this file.
(() => {
  const one = (selector, root = document) => root.querySelector(selector);
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];

  // A second click on a button says the same again: only the first is sent.
  const AGAIN = 3000, sent = new WeakMap();
  document.addEventListener("submit", event => {
    if (event.defaultPrevented || event.target.method !== "post") return;
    if (event.timeStamp - (sent.get(event.target) ?? -AGAIN) < AGAIN) event.preventDefault();
    else sent.set(event.target, event.timeStamp);
  });

  // Upload: files can be dropped on the field, and what was chosen is listed.
  const drop = one("[data-drop]");
  if (drop) {
    const input = one('input[type="file"]', drop), list = one("[data-dropped]", drop);
    const show = () => list.replaceChildren(...[...input.files].map(file => {
      const item = document.createElement("li"), name = document.createElement("span"), size = document.createElement("span");
      name.textContent = file.name;
      size.textContent = `${Math.max(1, Math.round(file.size / 1024))} KB`;
      item.append(name, size);
      return item;
    }));
    input.addEventListener("change", show);
    for (const type of ["dragenter", "dragover"]) drop.addEventListener(type, event => { event.preventDefault(); drop.classList.add("over"); });
    for (const type of ["dragleave", "drop"]) drop.addEventListener(type, () => drop.classList.remove("over"));
    drop.addEventListener("drop", event => {
      event.preventDefault();
      const files = new DataTransfer();
      for (const file of [...input.files, ...event.dataTransfer.files]) files.items.add(file);
      input.files = files.files;
      show();
    });
    show();
  }

  // Page desk: Shift chooses a run of lines; the number chosen is said.
  const boxes = all('.lines--desk input[type="checkbox"]');
  const count = one("[data-chosen]");
  const say = () => { if (count) { const n = boxes.filter(box => box.checked).length; count.textContent = n ? String(n) : ""; } };
  let last = null;
  boxes.forEach((box, index) => box.addEventListener("click", event => {
    if (event.shiftKey && last !== null) {
      const [from, to] = [Math.min(last, index), Math.max(last, index)];
      for (const each of boxes.slice(from, to + 1)) each.checked = box.checked;
    }
    last = index;
    say();
  }));
  one("#source")?.addEventListener("lines-chosen", say);
  say();
  one(".lines--desk :checked")?.closest("li").scrollIntoView({ block: "center" });
  one("#problem")?.scrollIntoView({ block: "center" });

  // Where the cursor stands in a paragraph, its article would be split: at the printed line it stands in.
  let splitting = null;
  const letters = text => text.replace(/\s/g, "").length;
  const atCursor = () => {
    const caret = getSelection(), node = caret.anchorNode;
    const text = (node?.nodeType === Node.TEXT_NODE ? node.parentElement : node)?.closest?.("#drafts .part[data-paragraph] > p");
    if (!text) return;
    const part = text.parentElement, draft = part.closest("[data-draft]");
    const options = all(`[data-split] optgroup[data-paragraph="${part.dataset.paragraph}"] option`, draft);
    if (!options.length) return;
    const before = document.createRange();
    before.setStart(text, 0);
    before.setEnd(node, caret.anchorOffset);
    const lines = [one(".src a", part)?.hash, ...options.slice(1).map(option => `#l${option.value.split("-")[1]}`)];
    let left = letters(before.toString()), at = 0;
    for (; at < options.length - 1; at += 1) {
      const length = letters(one(`${lines[at]} .tx`)?.textContent ?? "");
      if (left < length) break;
      left -= length;
    }
    options[at].selected = true;
    splitting = draft;
  };
  document.addEventListener("selectionchange", atCursor);
  const split = () => {
    atCursor();
    const own = one("[data-split]", splitting ?? drafts[at] ?? document.createElement("i"));
    if (!own) return;
    own.open = true;
    one("select", own).focus();
  };

  // Keys: J and K walk through the articles, E edits, S splits at the cursor, N goes to the next doubt, A, R and L say
  // what a name is, U takes back, Y does again.
  const drafts = all("[data-draft]");
  all("[data-keys], [data-step]").forEach(el => { el.hidden = !drafts.length; });
  let at = drafts.findIndex(draft => `#${draft.id}` === location.hash);
  const go = step => {
    if (!drafts.length) return;
    drafts[at]?.classList.remove("now");
    splitting = null;
    getSelection()?.removeAllRanges();
    at = at < 0 ? (step > 0 ? 0 : drafts.length - 1) : (at + step + drafts.length) % drafts.length;
    drafts[at].classList.add("now");
    drafts[at].focus({ preventScroll: true });
    drafts[at].scrollIntoView({ block: "start" });
    const pane = one("#source .pane-body"), row = one(`#source [data-pair="${drafts[at].dataset.pair}"]`);
    if (pane && row && pane.scrollHeight > pane.clientHeight) pane.scrollTop += row.getBoundingClientRect().top - pane.getBoundingClientRect().top - 24;
  };
  all("[data-step]").forEach(el => el.addEventListener("click", event => { event.preventDefault(); go(Number(el.dataset.step)); }));
  const doubts = all(".left-over a").map(link => document.getElementById(decodeURIComponent(link.hash.slice(1)))).filter(Boolean);
  const focusOn = el => {
    if (!el.hasAttribute("tabindex")) el.tabIndex = -1;
    const draft = el.closest("[data-draft]");
    if (draft) at = drafts.indexOf(draft);
    el.focus({ preventScroll: true });
    el.scrollIntoView({ block: "center" });
  };
  const nextDoubt = event => {
    const here = document.activeElement;
    const place = doubts.findIndex(el => el === here || el.contains(here));
    const next = place >= 0 ? doubts[place + 1] : doubts.find(el => here === document.body || here.compareDocumentPosition(el) & Node.DOCUMENT_POSITION_FOLLOWING) ?? (place < 0 ? doubts[0] : null);
    if (!next) return;
    event.preventDefault();
    focusOn(next);
  };
  const link = one('a[data-key="n"]');
  link?.addEventListener("click", nextDoubt);
  // After the page's last doubt the link leads on to the next page's first.
  if (link && doubts.length) link.href = `${link.href}&at=${encodeURIComponent(doubts.at(-1).id)}`;
  const pointed = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (pointed && pointed.closest("#drafts")) focusOn(pointed);
  const named = () => document.activeElement.closest?.("[data-name]");
  // Whoever dictates or types with aids can switch the single keys off; the browser remembers.
  const KEYS = "desk-keys", toggle = one("[data-keys-toggle]");
  const keysOn = () => localStorage.getItem(KEYS) !== "off";
  const showKeys = () => toggle?.setAttribute("aria-pressed", String(keysOn()));
  toggle?.addEventListener("click", () => { localStorage.setItem(KEYS, keysOn() ? "off" : "on"); showKeys(); });
  showKeys();
  document.addEventListener("keydown", event => {
    if (!keysOn()) return;
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest?.('input:not([type="checkbox"]), select, textarea, [contenteditable]')) return;
    const key = event.key.toLowerCase();
    if (key === "j") go(1);
    else if (key === "k") go(-1);
    else if (["n", "u", "y"].includes(key)) one(`[data-key="${key}"]:not([disabled])`)?.click();
    else if (["a", "r", "l"].includes(key)) (named() ? one(`[data-do="${key}"]`, named()) : one(`main > form [data-key="${key}"]`))?.click();
    else if (key === "s") split();
    else if (key === "e") (drafts[at] ? one("[data-edit]", drafts[at]) : null)?.click();
  });
})();

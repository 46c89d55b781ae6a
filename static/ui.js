// Help for readers. Every page works without it.
(() => {
  // An article in the list and its source lines light up together.
  const light = (event, on) => {
    const here = event.target.closest?.("[data-pair]");
    if (here) document.querySelectorAll(`[data-pair="${here.dataset.pair}"]`).forEach(el => el.classList.toggle("lit", on));
  };
  for (const type of ["mouseover", "focusin"]) document.addEventListener(type, event => light(event, true));
  for (const type of ["mouseout", "focusout"]) document.addEventListener(type, event => light(event, false));

  // Facets are open on a wide page and folded on a phone, also after the results were replaced in place.
  const fold = () => {
    if (matchMedia("(max-width: 59.99rem)").matches) document.querySelectorAll(".drawer").forEach(el => { el.open = false; });
  };
  fold();
  document.addEventListener("htmx:afterSettle", event => {
    if (event.target.id !== "found") return;
    fold();
    document.querySelector("#tally")?.focus({ preventScroll: true });
  });

  document.querySelectorAll("[data-print]").forEach(el => {
    el.hidden = false;
    el.addEventListener("click", () => print());
  });

  // Suggestions: arrow keys walk through them, Escape and leaving the form close them.
  document.addEventListener("keydown", event => {
    const seek = event.target.closest?.(".seek");
    if (seek && ["ArrowDown", "ArrowUp", "Escape"].includes(event.key)) {
      const input = seek.querySelector("input");
      const links = [...seek.querySelectorAll(".suggestions a")];
      if (event.key === "Escape") {
        seek.querySelector(".suggestions").replaceChildren();
        input.focus();
      } else if (links.length) {
        const at = links.indexOf(document.activeElement) + (event.key === "ArrowDown" ? 1 : -1);
        event.preventDefault();
        (links[at] ?? (at < 0 ? input : links[0])).focus();
      }
      return;
    }
    // / goes to the search box.
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest?.("input, select, textarea, [contenteditable]")) return;
    const box = document.querySelector('[type="search"]');
    if (box) { event.preventDefault(); box.focus(); box.select(); }
  });
  document.addEventListener("focusout", event => {
    const seek = event.target.closest?.(".seek");
    if (seek && event.relatedTarget && !seek.contains(event.relatedTarget)) seek.querySelector(".suggestions").replaceChildren();
  });
  document.addEventListener("click", event => {
    document.querySelectorAll(".seek").forEach(seek => {
      if (!seek.contains(event.target)) seek.querySelector(".suggestions")?.replaceChildren();
    });
  });
})();

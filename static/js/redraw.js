// Redraws parts of a page while a form is filled in. The server reckons: one place only. Without
// this script each page has a button or a link that shows the same.
//
// A part says where it is drawn (data-redraw) and from which fields (data-fields). Nothing of a
// bid may stand in an address, which logs keep: such a part is asked for by POST (data-by-post).
const PAUSE = 300;

function redrawn(part) {
  const names = part.dataset.fields.trim().split(/\s+/);
  const form = document.querySelector(`main form:has([name="${names[0]}"])`);
  let waiting;
  let asked = 0;

  async function redraw() {
    const mine = ++asked;
    const answer = await ask().catch(() => null);
    if (answer?.ok && mine === asked) part.innerHTML = await answer.text();
  }

  function ask() {
    const typed = new FormData(form);
    const sent = new URLSearchParams(names.map((name) => [name, typed.get(name) ?? ""]));
    if (!("byPost" in part.dataset)) return fetch(`${part.dataset.redraw}?${sent}`);
    sent.set("csrfmiddlewaretoken", typed.get("csrfmiddlewaretoken"));
    return fetch(part.dataset.redraw, { method: "POST", body: sent });
  }

  if (!form) return;
  form.addEventListener("input", (event) => {
    if (!names.includes(event.target.name)) return;
    clearTimeout(waiting);
    waiting = setTimeout(redraw, PAUSE);
  });
  if ("atOnce" in part.dataset) redraw();
}

document.querySelectorAll("[data-redraw]").forEach(redrawn);

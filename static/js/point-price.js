// Redraws the price of a point while weightings are typed. The server reckons: one place only.
const part = document.querySelector("[data-consequence]");
const form = document.querySelector("main form:has([name=price_weight])");
const names = [
  "basis",
  "price_weight",
  "quality_weight",
  "social_value_weight",
  "price_method",
  "price_full_at",
  "price_zero_at",
  "lowest",
];
let waiting;
let asked = 0;

async function redraw() {
  const typed = new FormData(form);
  const query = new URLSearchParams(names.map((name) => [name, typed.get(name) ?? ""]));
  const mine = ++asked;
  const answer = await fetch(`${part.dataset.consequence}?${query}`).catch(() => null);
  if (answer?.ok && mine === asked) part.innerHTML = await answer.text();
}

if (part && form) {
  form.addEventListener("input", (event) => {
    if (!names.includes(event.target.name)) return;
    clearTimeout(waiting);
    waiting = setTimeout(redraw, 250);
  });
  if (!part.querySelector("figure")) redraw();
}

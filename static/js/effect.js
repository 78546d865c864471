// Redraws what a form comes to while it is typed. The server reckons: one place only.
const form = document.querySelector("form[data-effect]");
const effect = document.getElementById("effect");
const names = form.dataset.fields.trim().split(" ");
let waiting;
let asked = 0;

async function redraw() {
  const typed = new FormData(form);
  const query = new URLSearchParams(names.map((name) => [name, typed.get(name) ?? ""]));
  const mine = ++asked;
  const answer = await fetch(`${form.dataset.effect}?${query}`).catch(() => null);
  if (answer?.ok && mine === asked) effect.innerHTML = await answer.text();
}

form.addEventListener("input", (event) => {
  if (!names.includes(event.target.name)) return;
  clearTimeout(waiting);
  waiting = setTimeout(redraw, 250);
});

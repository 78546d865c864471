// As numbers are typed, ask the server what they come to and what looks odd in them. Without this
// script the page says so after each save.
const form = document.querySelector("form[data-reach]");
const panel = document.getElementById("reach");
const PAUSE = 400;
let waiting;
let asked = 0;

async function refresh() {
  const mine = ++asked;
  const answer = await fetch(form.dataset.reach, {
    method: "POST",
    body: typed(),
    credentials: "same-origin",
  }).catch(() => null);
  if (answer?.ok && mine === asked) show(await answer.json());
}

function show({ sentences, summary, hints }) {
  panel.replaceChildren(...sentences.map((words) => element("p", "govuk-body", words)));
  if (summary) panel.append(element("p", "govuk-body govuk-!-font-weight-bold", summary));
  if (hints.lines.length) panel.append(...hinted(hints));
}

function hinted({ heading, lines, note }) {
  const list = element("ul", "govuk-list govuk-list--bullet");
  list.append(...lines.map((words) => element("li", "", words)));
  return [
    element("p", "govuk-body govuk-!-font-weight-bold", heading),
    list,
    element("p", "govuk-body-s", note),
  ];
}

function element(tag, classes, words = "") {
  const made = document.createElement(tag);
  made.className = classes;
  made.textContent = words;
  return made;
}

// The numbers alone: neither the text nor the files need to travel for this.
function typed() {
  const numbers = new FormData();
  for (const [name, value] of new FormData(form)) {
    if (name.startsWith("number_") || name === "csrfmiddlewaretoken") numbers.append(name, value);
  }
  return numbers;
}

if (form && panel) {
  form.addEventListener("input", (event) => {
    if (!event.target.name.startsWith("number_")) return;
    clearTimeout(waiting);
    waiting = setTimeout(refresh, PAUSE);
  });
}

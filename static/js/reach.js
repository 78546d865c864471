// As numbers are typed, ask the server what they come to. Without this script the page
// says so after each save.
const form = document.querySelector("form[data-reach]");
const panel = document.getElementById("reach");
const PAUSE = 400;
let waiting;

async function refresh() {
  const answer = await fetch(form.dataset.reach, {
    method: "POST",
    body: typed(),
    credentials: "same-origin",
  });
  if (answer.ok) show(await answer.json());
}

function show({ sentences, summary }) {
  panel.replaceChildren(...sentences.map((words) => paragraph(words)));
  if (summary) panel.append(paragraph(summary, "govuk-!-font-weight-bold"));
}

function paragraph(words, weight = "govuk-!-font-weight-regular") {
  const element = document.createElement("p");
  element.className = `govuk-body ${weight}`;
  element.textContent = words;
  return element;
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

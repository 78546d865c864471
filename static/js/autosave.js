// Saves the answer quietly while it is written, and says whether it did. Nothing of a bid is put
// into the browser's own storage: computers are shared. Files wait for their button.
const form = document.querySelector("form[data-autosave]");
const status = document.getElementById("saved");
const theirs = document.getElementById("theirs");
const PAUSE = 3000;
const AGAIN = 10000;
// A request that may outlive its page holds 64 kB; a letter takes up to four bytes.
const MAY_OUTLIVE = 15000;

// What changed since the last copy was sent; a copy whose fate is unknown is sent again as it was.
let isChanged = false;
let unsure = null;
let underWay = null;
let isOver = false;
let hasNewToken = false;
let waiting;

function say(words) {
  status.classList.toggle("govuk-!-font-weight-bold", words.includes("Not saved"));
  if (status.textContent !== words) status.textContent = words;
}

function stop(words) {
  isOver = true;
  say(words);
}

function later(pause) {
  clearTimeout(waiting);
  if (!isOver && (isChanged || unsure)) waiting = setTimeout(save, pause);
}

async function save() {
  clearTimeout(waiting);
  if (underWay || isOver || !(isChanged || unsure)) return;
  underWay = attempt();
  const pause = await underWay;
  underWay = null;
  later(pause);
}

// Answers how long to wait before the next attempt, should one be needed.
async function attempt() {
  const sent = unsure ?? copy();
  if (!unsure) isChanged = false;
  const answer = await send(sent);
  unsure = answer ? null : sent;
  if (answer) return read(answer);
  say("Not saved yet: there is no connection. Keep this page open; it goes on trying.");
  return AGAIN;
}

function copy() {
  const typed = new FormData(form);
  typed.delete("evidence");
  return typed;
}

// Null where nobody can say whether it was saved: no connection, or the server in trouble.
async function send(body) {
  const answer = await fetch(form.dataset.autosave, {
    method: "POST",
    body,
    headers: { Accept: "application/json" },
    credentials: "same-origin",
    keepalive: form.elements.text.value.length < MAY_OUTLIVE,
  }).catch(() => null);
  return answer && (answer.status >= 500 || answer.status === 429) ? null : answer;
}

async function read(answer) {
  if (answer.status === 403) return askForToken();
  hasNewToken = false;
  const said = await answer.json().catch(() => ({}));
  if (answer.ok) {
    form.elements.seen.value = said.seen;
    const wrong = said.not_saved.length ? ["Not saved:", ...said.not_saved] : [];
    say([`Saved at ${said.saved_at}.`, ...wrong].join(" "));
  } else if (said.theirs) {
    showTheirs(said);
  } else {
    stop(said.reason ?? "This can no longer be saved as you type. Press Save to see why.");
  }
  return PAUSE;
}

// The colleague's version is shown and nothing is saved over it: only Save does, knowingly.
function showTheirs({ reason, seen, theirs: saved }) {
  form.elements.seen.value = seen;
  theirs.querySelector("[data-theirs]").replaceChildren(...saved.map(paragraph));
  theirs.hidden = false;
  stop(reason);
}

function paragraph(words) {
  const element = document.createElement("p");
  element.className = "govuk-body bid-as-typed";
  element.textContent = words;
  return element;
}

// Signed out; or signed in anew in another tab, and then the page has a new token for this form.
async function askForToken() {
  isChanged = true;
  const page = await fetch(form.action, { credentials: "same-origin" }).catch(() => null);
  const read = page?.ok && new DOMParser().parseFromString(await page.text(), "text/html");
  const token = read && read.querySelector("form[data-autosave] [name=csrfmiddlewaretoken]");
  if (token && !hasNewToken) {
    form.elements.csrfmiddlewaretoken.value = token.value;
    hasNewToken = true;
    return 0;
  }
  say("Not saved yet: you may be signed out. Sign in in another tab. Your text stays here.");
  return AGAIN;
}

// A save under way must end first: its change would be taken for a colleague's.
async function submit(event) {
  clearTimeout(waiting);
  if (!underWay) {
    isOver = true;
    return;
  }
  event.preventDefault();
  await underWay;
  form.requestSubmit(event.submitter);
}

if (form && status) {
  status.hidden = false;
  form.addEventListener("input", (event) => {
    if (event.target.type === "file") return;
    isChanged = true;
    later(PAUSE);
  });
  form.addEventListener("change", (event) => event.target.type === "file" || save());
  form.addEventListener("submit", submit);
  window.addEventListener("online", save);
  window.addEventListener("focus", save);
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) isOver = false;
  });
  window.addEventListener("beforeunload", (event) => {
    if ((isChanged || unsure) && !isOver) event.preventDefault();
  });
}

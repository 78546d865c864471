// Counts down to a moment by the server's clock. The device's own clock tells no time here: it
// is only watched for a jump, which says that the device slept. Without this script the page says
// how things stood when it was made.
const EVERY = 5 * 60 * 1000;
const JUMP = 2000;
const UNITS = [
  [86400, "day"],
  [3600, "hour"],
  [60, "minute"],
  [1, "second"],
];
const LONDON = new Intl.DateTimeFormat("en-GB", {
  timeZone: "Europe/London",
  hour: "2-digit",
  minute: "2-digit",
  second: "2-digit",
});

// The two largest units of what is left, as design/templatetags/format.py says it.
export function timeLeft(seconds) {
  const first = UNITS.findIndex(([size]) => seconds >= size);
  if (first < 0) return "";
  let rest = Math.floor(seconds);
  const said = [];
  for (const [size, name] of UNITS.slice(first, first + 2)) {
    const count = Math.floor(rest / size);
    rest -= count * size;
    if (count) said.push(`${count} ${name}${count === 1 ? "" : "s"}`);
  }
  return said.join(" ");
}

function start(place) {
  const moment = Date.parse(place.dataset.moment);
  const left = place.querySelector("[data-clock-left]");
  const amount = left.querySelector("strong");
  const [page] = performance.getEntriesByType("navigation");
  // Counted from when the question was sent, so that a slow line never shows more time than there is.
  let known = { server: Date.parse(place.dataset.now), asked: page?.requestStart ?? 0 };
  let offset = Date.now() - performance.now();
  let checked = performance.now();
  let isOver = !(moment > known.server);

  async function askServer() {
    const asked = performance.now();
    checked = asked;
    offset = Date.now() - asked;
    const answer = await fetch(place.dataset.clock, { cache: "no-store" }).catch(() => null);
    if (answer?.ok) known = { server: Date.parse((await answer.json()).now), asked };
  }

  function tick() {
    const ticks = performance.now();
    const hasSlept = Math.abs(Date.now() - ticks - offset) > JUMP;
    if (hasSlept || ticks - checked > EVERY) askServer();
    const now = known.server + ticks - known.asked;
    place.querySelector("[data-clock-now]").textContent = LONDON.format(now);
    if (isOver) return;
    const words = timeLeft((moment - now) / 1000);
    isOver = now >= moment;
    if (isOver) left.replaceChildren(amount);
    const said = isOver ? place.dataset.over : words || "less than a second";
    if (amount.textContent !== said) amount.textContent = said;
  }

  if (page?.type === "back_forward") askServer();
  window.addEventListener("pageshow", (event) => event.persisted && askServer());
  document.addEventListener("visibilitychange", () => document.hidden || askServer());
  tick();
  setInterval(tick, 1000);
}

document.querySelectorAll("[data-clock]").forEach(start);

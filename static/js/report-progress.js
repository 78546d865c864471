// Asks every second how far the report is, and goes to it once it is there.
const place = document.querySelector("[data-progress]");
const bar = document.getElementById("made");
const words = document.getElementById("words");

async function look() {
  const answer = await fetch(place.dataset.progress, { headers: { Accept: "application/json" } });
  if (!answer.ok) {
    return;
  }
  const state = await answer.json();
  if (state.next) {
    window.location.assign(state.next);
  } else if (state.failed) {
    window.location.reload();
  } else {
    bar.value = state.percent;
    if (words.textContent !== state.words) {
      words.textContent = state.words;
    }
  }
}

if (place && bar && words) {
  setInterval(() => look().catch(() => {}), 1000);
}

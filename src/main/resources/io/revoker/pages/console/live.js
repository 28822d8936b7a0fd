// The revocations as they come, and the last ones of a target.
import { read, streamPath } from "./api.js";
import { failure, field, h, row, show, table } from "./dom.js";
import { count, ofStamp, time } from "./format.js";
import { concerns, isEmpty, link, words } from "./target.js";
import { reason } from "./sweeps.js";

const MOST = 500;
const HEADS = ["Time", "What", "Target", "Why"];
const KINDS = { revocation: "token revoked", mark: "revoked", lock: "locked", unlock: "unlocked", reset: "events may be missing" };
const HOUR = 3_600_000;

/** What an event is about; the name of a user that the client may not see is not in it. */
function about(event) {
  if (event.event === "reset") return event.reason;
  if (event.event === "revocation") {
    return `a token${event.realm_name ? ` of realm ${event.realm_name}` : ""}${event.token_id ? ` (${event.token_id.slice(0, 10)})` : ""}`;
  }
  return event.target && !isEmpty(event.target) ? h("a", { href: link(event.target) }, words(event.target)) : "a user of other realms";
}

function eventRow(event) {
  const until = event.until ? ` until ${time(new Date(event.until))}` : "";
  const older = event.issued_before ? ` if issued before ${time(new Date(event.issued_before))}` : "";
  return row(h("th", { scope: "row" }, time(ofStamp(event.stamp))),
    h("span", { class: `state ${event.event}` }, KINDS[event.event] ?? event.event),
    h("span", {}, about(event), until, older),
    event.event === "reset" ? "" : reason(event.reason));
}

/** The events since a time, at most so many pages of them; all that the log still has, if it does not go back so far. */
async function since(millis, pages) {
  const events = [];
  let next = String(BigInt(Math.max(0, Date.now() - millis)) * 1000n);
  for (let page = 0; page < pages; page++) {
    let changes = await read(`/v1/revocations/changes?since=${next}`);
    if (changes.reset && page === 0) changes = await read("/v1/revocations/changes?since=0");
    events.push(...changes.events);
    if (changes.events.length === 0 || changes.next === next) return { events, next: changes.next, whole: true };
    next = changes.next;
  }
  return { events, next, whole: false };
}

/** Those of the last day that concern a target; of the last hour, if there are very many. */
export async function recent(card, of, more) {
  const head = h("h3", {}, "Last revocations");
  try {
    const day = await since(24 * HOUR, 20);
    const found = day.whole ? day : await since(HOUR, 20);
    const those = found.events
      .filter((event) => event.event !== "reset" && (isEmpty(of) || isAbout(event, of)))
      .reverse().slice(0, 20);
    const span = day.whole ? "the last day" : "the last hour";
    show(card, head, table(`Revocations of ${span}`, HEADS, those.map(eventRow), `None within ${span}.`), more);
  } catch (problem) {
    show(card, head, failure(problem));
  }
}

/** That of a single token does not say whose it was. */
const isAbout = (event, of) =>
  (event.event === "revocation" ? event.realm_name === of.realm_name && !of.username : concerns(of, event.target));

export function live(view) {
  let events = [];
  let stream;
  let last;
  let waiting = 0;
  let over = false;
  const filter = h("input", { id: "filter", type: "search", autocomplete: "off", spellcheck: "false", oninput: () => paint() });
  const pause = h("button", { type: "button", class: "quiet", id: "pause", "aria-pressed": "false", onclick: hold }, "Pause");
  const state = h("span", { class: "hint", id: "stream" }, "Connecting…");
  const list = h("section", { class: "card" });
  show(view, h("div", { class: "bar" }, field("Filter", filter), pause, state), list);

  const isHeld = () => pause.getAttribute("aria-pressed") === "true";
  function hold() {
    pause.setAttribute("aria-pressed", String(!isHeld()));
    if (!isHeld()) { waiting = 0; paint(); }
  }
  function keep(event) {
    last = event.stamp;
    if (events.some((one) => one.stamp === event.stamp && one.event === event.event)) return;
    events.unshift(event);
    events = events.slice(0, MOST);
    if (isHeld()) waiting++;
  }
  function paint() {
    pause.textContent = waiting > 0 ? `Go on (${waiting} new)` : isHeld() ? "Go on" : "Pause";
    if (isHeld()) return;
    const wanted = filter.value.trim().toLowerCase();
    const shown = events.filter((event) => JSON.stringify(event).toLowerCase().includes(wanted));
    show(list, table("Revocations, the newest first", HEADS, shown.map(eventRow), "None within the last hour. New ones appear here at once."),
      h("p", { class: "hint" }, `${count(shown.length, "event")} shown; at most ${MOST} are kept here.`));
  }
  function follow() {
    if (stream) stream.close();
    stream = new EventSource(streamPath(last));
    for (const kind of Object.keys(KINDS)) stream.addEventListener(kind, (message) => {
      keep(JSON.parse(message.data));
      paint();
    });
    stream.addEventListener("heartbeat", (message) => {
      const beat = JSON.parse(message.data);
      state.textContent = `Live; read up to ${time(new Date(beat.as_of))}`;
    });
    stream.onerror = () => {
      if (over) return;
      state.textContent = stream.readyState === EventSource.CLOSED ? "Cut off; trying again…" : "Coming back…";
      if (stream.readyState === EventSource.CLOSED) retry = setTimeout(begin, 3000);
    };
  }
  let retry;
  async function begin() {
    try {
      const found = await since(last ? Date.now() - ofStamp(last) + 1000 : HOUR, 5);
      if (over) return;
      last = found.next;
      found.events.slice(-MOST).forEach(keep);
      paint();
      follow();
    } catch (problem) {
      if (!over) show(list, failure(problem));
    }
  }
  begin();
  return () => { over = true; stream?.close(); clearTimeout(retry); };
}

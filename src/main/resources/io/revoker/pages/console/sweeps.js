// The counting of revocations of realms and users, wherever it runs.
import { read, remove } from "./api.js";
import { failure, h, row, say, show, table } from "./dom.js";
import { away, count, counts, duration, number, time } from "./format.js";
import { link, words } from "./target.js";

const OPEN = ["running", "waiting", "stopping"];
const STATES = { running: "counting", waiting: "waits for room", stopping: "stopping", stopped: "stopped", ended: "ended", joined: "counted by a later one" };

export const isOpen = (sweep) => OPEN.includes(sweep.state);

export function sweeps(view, id) {
  const one = h("div", { id: "one" });
  const list = h("section", { class: "card" });
  show(view, one, list);
  const card = id ? progress(id, () => {}) : undefined;
  if (card) show(one, card.element);
  const end = sweepList(list);
  return () => { end(); card?.close(); };
}

/** All of them, the running ones first. */
export function sweepList(list) {
  return repeat(async () => {
    const all = (await read("/v1/sweeps")).sweeps.sort((a, b) => isOpen(b) - isOpen(a) || (a.sweep < b.sweep ? 1 : -1));
    show(list, h("h2", {}, "Sweeps: running, and ended within the hour"),
      table("Sweeps", ["Target", "State", "Progress", "Tokens", "A second", "By", "Why", "Begun"], all.map(sweepRow),
        "None. The revocations of realms and users are listed here for an hour."));
    return all.some(isOpen) ? 500 : 2000;
  }, (problem) => show(list, failure(problem)));
}

function sweepRow(sweep) {
  return row(
    h("th", { scope: "row" }, h("a", { href: `#sweeps/${sweep.sweep}` }, words(sweep.target))),
    h("span", { class: `state ${sweep.state}` }, STATES[sweep.state] ?? sweep.state),
    isOpen(sweep) ? bar(sweep) : "",
    h("td", { class: "number" }, number(sweep.invalidated_tokens)),
    h("td", { class: "number" }, sweep.invalidated_per_second ? number(sweep.invalidated_per_second) : ""),
    sweep.caller ?? "",
    reason(sweep.reason),
    h("span", { title: time(new Date(sweep.started_at)) }, away(new Date(sweep.started_at))));
}

export const reason = (of) => (of ? [of.code === "unspecified" ? "" : of.code.replaceAll("_", " "), of.text].filter(Boolean).join(": ") : "");

/** A sweep as it moves, with a button to stop it. */
export function progress(id, ended) {
  const body = h("div", {});
  const stopButton = h("button", { type: "button", class: "warn", id: "stop", onclick: stop }, "Stop counting");
  const element = h("section", { class: "card sweep", "aria-label": `Sweep ${id}` }, body);
  let wasOpen;
  const end = repeat(async () => {
    const sweep = await read(`/v1/sweeps/${id}`);
    show(body, ...told(sweep), isOpen(sweep) && stopButton);
    if (!isOpen(sweep)) {
      end();
      ended(sweep);
      return 0;
    }
    wasOpen = true;
    return 300;
  }, (problem) => show(body, failure(problem)));
  async function stop() {
    stopButton.disabled = true;
    try {
      const sweep = await remove(`/v1/sweeps/${id}`);
      say(`Counting stopped after ${count(sweep.invalidated_tokens, "token")}. The tokens stay revoked.`);
    } catch (problem) {
      say(problem.status === 409 && wasOpen ? "It has ended already." : problem.message);
    }
  }
  return { element, close: end };
}

function told(sweep) {
  const speed = sweep.invalidated_per_second ? `, ${number(sweep.invalidated_per_second)} a second` : "";
  const left = sweep.remaining_seconds_estimated !== undefined ? `, about ${duration(sweep.remaining_seconds_estimated)} left` : "";
  return [
    h("div", { class: "line" },
      h("h3", {}, h("a", { href: link(sweep.target) }, words(sweep.target))),
      h("span", { class: `state ${sweep.state}`, id: "state" }, STATES[sweep.state] ?? sweep.state)),
    bar(sweep),
    h("p", { id: "told" }, isOpen(sweep)
      ? `${count(sweep.invalidated_tokens, "token")} invalidated so far${speed}${left}`
      : `${counts(sweep)}${sweep.state === "stopped" ? ", when the counting was stopped. The tokens stay revoked." : ""}`),
    h("p", { class: "hint" }, [sweep.caller && `By ${sweep.caller}`, reason(sweep.reason), `stamp ${sweep.sweep}`].filter(Boolean).join(" · ")),
  ];
}

function bar(sweep) {
  const isPart = isOpen(sweep) || sweep.state === "stopped";
  return h("progress", { max: isPart ? Math.max(sweep.holders_estimated, 1) : 1, value: isPart ? sweep.holders_seen : 1, "aria-label": `Progress of ${words(sweep.target)}` });
}

/** Does it again and again, as long as it says how many milliseconds to wait; less often while the page is hidden. */
export function repeat(step, failed) {
  let timer;
  let over = false;
  async function next() {
    let pause = 2000;
    try {
      pause = await step();
    } catch (problem) {
      if (!over) failed(problem);
      over ||= problem.status === 401 || problem.status === 403 || problem.status === 404;
    }
    if (!over && pause > 0) timer = setTimeout(next, document.hidden ? pause * 5 : pause);
  }
  next();
  return () => { over = true; clearTimeout(timer); };
}

// Charts of what the instances have done, by the figures that each tells. Each instance that answers has its own line.
import uPlot from "./uPlot.esm.js";
import { read } from "./api.js";
import { failure, h, show } from "./dom.js";
import { may } from "./caller.js";
import { number, time } from "./format.js";
import { repeat } from "./sweeps.js";

const KEPT = 300;
const PAUSE = 2000;
const SHORTEST = 60;
const COLORS = ["--accent", "--warn", "--good", "--danger"];

/** For each instance the figures before, and its points. */
const instances = new Map();
let stop;
let problem;

/** Begins to collect. */
export function watchFigures() {
  stop?.();
  stop = repeat(async () => {
    if (!may("figures")) return 0;
    add(await read("/figures"));
    problem = undefined;
    dispatchEvent(new Event("figures"));
    return PAUSE;
  }, (failed) => { problem = failed; dispatchEvent(new Event("figures")); });
}

/** Ends that: another client may see less. */
export function forgetFigures() {
  stop?.();
  instances.clear();
}

const sum = (counts) => Object.values(counts).reduce((all, one) => all + one, 0);

function add(now) {
  const known = instances.get(now.instance) ?? { points: [] };
  instances.set(now.instance, known);
  const before = known.before;
  known.before = now;
  if (!before || now.at <= before.at) return;
  const seconds = (now.at - before.at) / 1000;
  const rate = (of) => Math.max(0, of(now) - of(before)) / seconds;
  known.points.push({
    at: now.at / 1000,
    checks: rate((one) => sum(one.checks) - one.session_checks),
    refused: rate((one) => sum(one.checks) - (one.checks.active ?? 0)),
    callers: rate((one) => sum(one.refused)),
    median: quantile(0.5, now, before),
    slow: quantile(0.99, now, before),
    tokens: rate((one) => one.tokens.invalidated ?? sum(one.tokens)),
    sweeps: now.sweeps_running ?? 0,
  });
  known.points = known.points.slice(-KEPT);
}

/** Milliseconds that so many of the checks between two figures took at most, as far as the buckets tell; null for none. */
function quantile(part, now, before) {
  const had = new Map(before.check_times.map((one) => [one.at_most_ms, one.count]));
  const buckets = now.check_times.map((one) => ({ bound: one.at_most_ms ?? Infinity, count: one.count - (had.get(one.at_most_ms) ?? 0) }));
  const all = Math.max(0, ...buckets.map((one) => one.count));
  if (all === 0) return null;
  const bound = buckets.find((one) => one.count >= all * part)?.bound;
  return bound === Infinity ? 10000 : bound;
}

const CHARTS = [
  { title: "Checks a second", series: [["checks", "all"], ["refused", "refused tokens"]] },
  { title: "Callers refused a second", series: [["callers", "401 and 403"]] },
  { title: "Time of checks, at most (ms)", series: [["median", "half of them"], ["slow", "99 %"]] },
  { title: "Tokens invalidated a second", series: [["tokens", "tokens"]] },
  { title: "Sweeps running", series: [["sweeps", "sweeps"]] },
];

export function charts(view) {
  const note = h("p", { class: "hint", id: "figures" }, "Waiting for the first figures…");
  const grid = h("div", { class: "charts" });
  show(view, note, grid);
  let drawn = [];
  let shape = "";

  function paint() {
    const shown = [...instances].filter(([, one]) => one.points.length > 1);
    if (problem) show(note, failure(problem));
    else if (shown.length > 0) note.textContent = `Of ${shown.length === 1 ? "instance" : "instances"} ${shown.map(([name]) => name).join(", ")}: those that have answered this page, since it was opened. Without the checks of sessions of the console.`;
    const next = shown.map(([name]) => name).join() + document.documentElement.dataset.look;
    if (shown.length === 0) return;
    if (next !== shape) draw(shown);
    shape = next;
    drawn.forEach(({ plot, of, figure }) => {
      const data = table(shown, of.series);
      plot.setData(data);
      show(figure, legend(of, shown));
    });
  }
  function draw(shown) {
    drawn.forEach(({ plot }) => plot.destroy());
    show(grid);
    const frames = CHARTS.map((of) => {
      const figure = h("p", { class: "legend" });
      const frame = h("div", { class: "plot", "aria-hidden": "true" });
      grid.append(h("section", { class: "card", "aria-label": of.title }, h("h2", {}, of.title), frame, figure));
      return { of, figure, frame };
    });
    drawn = frames.map(({ of, figure, frame }) =>
      ({ of, figure, plot: new uPlot(options(of, shown, frame.clientWidth), table(shown, of.series), frame) }));
  }
  const resize = () => drawn.forEach(({ plot }) => plot.setSize({ width: plot.root.parentElement.clientWidth, height: 180 }));
  addEventListener("figures", paint);
  addEventListener("look", paint);
  addEventListener("resize", resize);
  paint();
  return () => {
    removeEventListener("figures", paint);
    removeEventListener("look", paint);
    removeEventListener("resize", resize);
    drawn.forEach(({ plot }) => plot.destroy());
  };
}

/** The newest values in words, also for those who don't see the chart. */
function legend(of, shown) {
  return shown.flatMap(([name, one], i) => of.series.map(([key, label], j) => {
    const value = one.points[one.points.length - 1][key];
    const shownValue = value === null ? "none" : value < 10 ? value.toFixed(1) : number(Math.round(value));
    return h("span", { class: `line-${(i * of.series.length + j) % COLORS.length}` },
      `${label}${shown.length > 1 ? ` (${name})` : ""} `, h("strong", {}, shownValue));
  }));
}

function table(shown, series) {
  return uPlot.join(shown.map(([, one]) =>
    [one.points.map((point) => point.at), ...series.map(([key]) => one.points.map((point) => point[key]))]));
}

function options(of, shown, width) {
  const style = getComputedStyle(document.documentElement);
  const color = (name) => style.getPropertyValue(name).trim();
  const axis = { stroke: color("--faint"), grid: { stroke: color("--line"), width: 1 }, ticks: { stroke: color("--line"), width: 1 }, font: "11px system-ui, sans-serif" };
  return {
    width: Math.max(200, width),
    height: 180,
    cursor: { drag: { x: false, y: false } },
    legend: { show: false },
    scales: { x: { range: (plot, low, high) => [Math.min(low, high - SHORTEST), high] }, y: { range: (plot, low, high) => [0, Math.max(1, (high ?? 0) * 1.1)] } },
    axes: [{ ...axis, values: (plot, splits) => splits.map((at) => time(new Date(at * 1000)).slice(-8)), space: 80 }, { ...axis, size: 56 }],
    series: [{ label: "Time" }, ...shown.flatMap(([name], i) => of.series.map(([, label], j) => ({
      label: `${label} ${name}`,
      stroke: color(COLORS[(i * of.series.length + j) % COLORS.length]),
      width: 1.5,
      spanGaps: true,
      points: { show: true, size: 3 },
    })))],
  };
}

// The gateways that confirm what they have applied, and how far they are behind.
import { read } from "./api.js";
import { failure, h, row, show, table } from "./dom.js";
import { away, duration, ofStamp, time } from "./format.js";
import { repeat } from "./sweeps.js";

const STATES = { CLOSED: "up to date", PARTIAL: "behind", OPEN: "behind", UNKNOWN: "not known" };

export function followers(view) {
  const list = h("section", { class: "card" });
  show(view, h("p", { class: "hint" }, "Followers that confirm what they have applied, held against the newest revocation."), list);
  return repeat(async () => {
    const known = await read("/v1/followers");
    const now = new Date(known.time);
    show(list,
      h("p", {}, "Newest revocation: ", known.stamp === "0" ? "none" : h("span", { class: "id" }, known.stamp), known.stamp === "0" ? "" : `, ${time(ofStamp(known.stamp))}`),
      table("Followers", ["Name", "Of", "State", "Behind", "Heard of", "Promise"], known.followers.map((one) => row(
        h("th", { scope: "row" }, one.name),
        one.caller,
        h("span", { class: `state ${one.state.toLowerCase()}` }, STATES[one.state] ?? one.state),
        lag(known.stamp, one.confirmed),
        h("span", { title: time(new Date(one.heard)) }, away(new Date(Date.now() - (now - new Date(one.heard))))),
        one.bound ? `decides by nothing older than ${one.bound}` : "none")),
      "There are no named followers."));
    return 1000;
  }, (problem) => show(list, failure(problem)));
}

function lag(newest, confirmed) {
  const micros = BigInt(newest) - BigInt(confirmed);
  return micros <= 0n ? "nothing" : duration(Number(micros / 1000n) / 1000);
}

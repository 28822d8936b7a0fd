// Who is locked, and until when.
import { read, remove } from "./api.js";
import { failure, h, row, say, show, table } from "./dom.js";
import { away, time } from "./format.js";
import { link, words } from "./target.js";
import { reason } from "./sweeps.js";

export function locks(view) {
  const list = h("section", { class: "card" });
  show(view, h("p", { class: "hint" }, "Until a lock ends, its target gets no new tokens, and none of its JWTs is good. Lock with Find."), list);
  lockTable(list, () => true, () => {});
}

/** Those of the locks that are wanted. */
export async function lockTable(card, wanted, changed) {
  const head = h(card.closest("#found") ? "h3" : "h2", {}, "Locks");
  try {
    const all = (await read("/v1/locks")).locks.filter(wanted);
    show(card, head, table("Locks", ["Target", "Ends", "By", "Why", "Act"], all.map((lock) => row(
      h("th", { scope: "row" }, h("a", { href: link(lock.target) }, words(lock.target))),
      h("span", { title: time(new Date(lock.until)) }, away(new Date(lock.until))),
      lock.caller ?? "",
      reason(lock.reason),
      h("button", { type: "button", class: "quiet", "aria-label": `Unlock ${words(lock.target)}`, onclick: () => unlock(lock) }, "Unlock"))),
    "Nothing is locked."));
  } catch (problem) {
    show(card, head, failure(problem));
  }
  async function unlock(lock) {
    try {
      await remove(`/v1/locks/${lock.id}`);
      say(`${words(lock.target)}: unlocked. What was revoked stays revoked.`);
    } catch (problem) {
      say(problem.message);
    }
    await lockTable(card, wanted, changed);
    changed();
  }
}

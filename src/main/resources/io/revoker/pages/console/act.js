// What would be hit, and the acts: revoke and lock. Nothing is done before it was shown and confirmed.
import { newKey, preview, revoke } from "./api.js";
import { failure, field, h, say, show } from "./dom.js";
import { count, counts, number } from "./format.js";
import { isWide, target, word, words } from "./target.js";
import { progress } from "./sweeps.js";

const CODES = ["unspecified", "compromise", "credential_change", "account_disabled", "affiliation_changed",
  "privilege_withdrawn", "superseded", "cessation_of_operation", "logout", "policy"];
/** It was not done, and never will be with that key. */
const REFUSED = [400, 403, 409, 422];
const LOCKS = [["15 minutes", 900], ["1 hour", 3600], ["8 hours", 28800], ["1 day", 86400], ["7 days", 604800]];

export function act(of, changed) {
  const radius = h("div", { class: "radius", "aria-live": "polite" }, h("span", { class: "hint" }, "Counting…"));
  const code = h("select", { id: "reason-code" }, CODES.map((one) => h("option", { value: one }, one.replaceAll("_", " "))));
  const text = h("input", { id: "reason-text", maxlength: "256", autocomplete: "off" });
  const until = h("select", { id: "lock-time" }, LOCKS.map(([label, seconds]) => h("option", { value: seconds }, label)));
  const button = h("button", { type: "button", class: "danger", id: "revoke", disabled: true, onclick: () => confirm() }, "Revoke…");
  const lock = h("button", { type: "button", class: "warn", id: "lock", disabled: true, onclick: () => confirm(Number(until.value)) }, "Revoke and lock…");
  const outcome = h("div", { id: "outcome", tabindex: "-1" });
  let stop = () => {};
  let dismiss = () => {};
  let seen = { tokens: 0 };

  async function look() {
    try {
      seen = await preview(of);
      show(radius, h("strong", { class: "big" }, number(seen.tokens)),
        h("span", {}, `live ${seen.tokens === 1 ? "token" : "tokens"} would be invalidated`),
        seen.uncounted && h("span", { class: "hint" }, "Unregistered JWTs die too; they can't be counted."),
        h("button", { type: "button", class: "quiet", id: "recount", onclick: look }, "Count again"));
      button.disabled = false;
      lock.disabled = Boolean(of.token);
    } catch (problem) {
      show(radius, failure(problem), h("button", { type: "button", class: "quiet", onclick: look }, "Count again"));
    }
  }

  function confirm(seconds) {
    const document = {
      target: of,
      reason: target({ code: code.value, text: text.value.trim() }),
      ...(seconds && { until: new Date(Date.now() + seconds * 1000).toISOString().replace(/\.\d+/, "") }),
    };
    const asked = dialog(of, seen, seconds, (most) => carryOut({ ...document, expected_max: most }, asked));
    dismiss = asked.close;
  }

  async function carryOut(document, asked) {
    const answer = await revoke(document, asked.key);
    asked.close();
    stop();
    if (answer.body.sweep) {
      const card = progress(answer.body.sweep, (sweep) => {
        say(`${words(of)}: ${counts(sweep)}`);
        look();
        changed();
      });
      stop = card.close;
      show(radius, h("span", { class: "hint" }, "Revoked. "), h("button", { type: "button", class: "quiet", id: "recount", onclick: look }, "Count again"));
      show(outcome, h("p", { class: "done" }, `${words(of)}: revoked. From now on every instance refuses these tokens; they are being counted.`), card.element);
    } else {
      show(outcome, h("p", { class: "done" }, answer.status === 404 ? "Not found: nothing was revoked." : `${words(of)}: ${counts(answer.body)}`));
      look();
    }
    outcome.focus();
    changed();
  }

  look();
  return {
    close: () => { stop(); dismiss(); },
    element: h("section", { class: "card act" },
      radius,
      h("div", { class: "acts" },
        field("Reason", code), field("In words", text, "Up to 256 characters, no token."), button,
        of.token ? null : [field("Lock for", until, "Until then nothing new is good either."), lock]),
      outcome),
  };
}

/** Asks once more; a wide one has to be typed. */
function dialog(of, seen, seconds, then) {
  const most = h("input", { id: "expect-max", type: "number", min: "0", required: true, value: String(Math.ceil(seen.tokens * 1.1) + 10) });
  const typed = isWide(of) && h("input", { id: "typed", autocomplete: "off", autocapitalize: "none", spellcheck: "false", required: true });
  const outcome = h("div", {});
  const go = h("button", { class: "danger", id: "do-it", disabled: Boolean(typed) },
    `${seconds ? "Lock, and revoke" : "Revoke"} ${count(seen.tokens, "token")}`);
  if (typed) typed.addEventListener("input", () => { go.disabled = typed.value !== word(of); });
  const box = h("dialog", { "aria-labelledby": "asked", onclose: () => box.remove() },
    h("form", { onsubmit: submit },
      h("h2", { id: "asked" }, `${seconds ? "Lock" : "Revoke"} ${words(of)}?`),
      h("p", {}, h("strong", {}, count(seen.tokens, "live token")), " would be invalidated. This can't be undone."),
      field("Do nothing if there are more than", most, "Counted again just before."),
      typed && field(`Type ${word(of)} to go on`, typed),
      outcome,
      h("div", { class: "buttons" },
        h("button", { type: "button", class: "quiet", id: "cancel", onclick: () => box.close() }, "Cancel"), go)));
  const asked = { key: newKey(), close: () => box.close() };
  async function submit(event) {
    event.preventDefault();
    go.disabled = true;
    show(outcome);
    try {
      await then(Number(most.value));
    } catch (problem) {
      show(outcome, failure(problem));
      // Unless it was refused, it may have been done: the same document with the same key is not done again.
      if (REFUSED.includes(problem.status)) asked.key = newKey();
      else most.readOnly = true;
      go.disabled = false;
    }
  }
  document.body.append(box);
  box.showModal();
  (typed || most).focus();
  return asked;
}

// Who has done what, from where, and why.
import { read } from "./api.js";
import { failure, field, h, row, show, table } from "./dom.js";
import { count, number, time } from "./format.js";
import { isEmpty, link, target, toQuery, words } from "./target.js";
import { reason } from "./sweeps.js";

const KINDS = ["revocation", "lock", "unlock", "sweep", "stop", "registration", "reload", "request"];
const HEADS = ["Time", "What", "Target", "By", "From", "Outcome", "Tokens", "Why"];

export function audit(view, query) {
  const asked = target(Object.fromEntries(new URLSearchParams(query)));
  const text = (id, name) => h("input", { id, name, value: asked[name] ?? "", autocomplete: "off", autocapitalize: "none", spellcheck: "false" });
  const realm = text("audit-realm", "realm_name");
  const user = text("audit-user", "username");
  const by = text("audit-caller", "caller");
  const kind = h("select", { id: "audit-kind" }, h("option", { value: "" }, "everything"), KINDS.map((one) => h("option", { value: one }, one)));
  kind.value = asked.kind ?? "";
  const since = when("audit-since", asked.since);
  const until = when("audit-until", asked.until);
  const list = h("section", { class: "card" });
  show(view, h("div", { class: "searches" }, h("form", {
    class: "search", role: "search", "aria-label": "The audit trail",
    onsubmit: (event) => {
      event.preventDefault();
      const wanted = toQuery(target({ realm_name: realm.value.trim(), username: user.value.trim(), caller: by.value.trim(), kind: kind.value,
        since: instant(since), until: instant(until) }));
      if (location.hash === `#audit?${wanted}`) entries(list, wanted, []);
      else location.hash = `#audit?${wanted}`;
    },
  }, field("Realm", realm), field("User", user), field("Client", by), field("What", kind),
  field("Since", since), field("Before", until), h("button", { class: "primary" }, "Look"))), list);
  entries(list, toQuery(asked), []);
}

/** In the time of the browser. */
function when(id, given) {
  const input = h("input", { id, type: "datetime-local", step: "1" });
  const time = given ? new Date(given) : NaN;
  if (!Number.isNaN(Number(time))) input.value = new Date(time - time.getTimezoneOffset() * 60_000).toISOString().slice(0, 19);
  return input;
}

function instant(input) {
  return input.value && new Date(input.value).toISOString();
}

/** More of them, after those that are shown. */
async function entries(card, query, before, after) {
  try {
    const page = await read(`/v1/audit?${query}${query && "&"}limit=100${after ? `&after=${encodeURIComponent(after)}` : ""}`);
    const all = [...before, ...page.entries];
    show(card, h("h2", {}, "Entries, the newest first"), table("Audit trail", HEADS, all.map(entryRow), "No such entry so far."),
      page.next && h("button", { type: "button", class: "quiet", id: "older", onclick: () => entries(card, query, all, page.next) }, "Older ones"));
  } catch (problem) {
    show(card, failure(problem));
  }
}

function entryRow(entry) {
  return row(
    h("th", { scope: "row" }, h("span", { title: entry.stamp ? `stamp ${entry.stamp}` : null }, time(new Date(entry.time)))),
    entry.kind,
    about(entry),
    entry.caller,
    h("span", { class: "hint" }, [entry.address, entry.via].filter(Boolean).join(", ")),
    h("span", { class: `state ${entry.outcome}`, title: entry.detail }, entry.outcome, entry.times > 1 ? ` ${number(entry.times)} times` : ""),
    told(entry),
    reason(entry.reason) || entry.detail || "");
}

function about(entry) {
  if (entry.token_id) return `a token (${entry.token_id}) of ${words({ realm_name: entry.realm_name, username: entry.username })}`;
  const of = target({ realm_name: entry.realm_name, username: entry.username, client_id: entry.client_id,
    session_id: entry.session_id, kid: entry.kid, all: entry.target === "all" || undefined });
  if (isEmpty(of)) return entry.subject ?? "";
  const until = entry.locked_until ? ` until ${time(new Date(entry.locked_until))}` : "";
  return h("span", {}, of.all ? words(of) : h("a", { href: link(of) }, words(of)), until);
}

function told(entry) {
  if (entry.created) return `${number(entry.created)} registered`;
  return entry.invalidated_tokens === undefined || entry.outcome === "begun" ? "" : count(entry.invalidated_tokens, "token");
}

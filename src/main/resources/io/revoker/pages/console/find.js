// Find a realm or a user, see what a revocation would hit, and act.
import { field, h, show } from "./dom.js";
import { concerns, isEmpty, link, narrowings, target, toQuery, words } from "./target.js";
import { act } from "./act.js";
import { lockTable } from "./locks.js";
import { recent } from "./live.js";
import { sweepList } from "./sweeps.js";
import { caller, may, refusal, why } from "./caller.js";
import { holdings } from "./holdings.js";
import { tokens } from "./tokens.js";

/** A token is never put into the address of the page: it is only kept here. */
let token = "";

export function find(view, query) {
  const asked = target(Object.fromEntries(new URLSearchParams(query)));
  const found = h("div", { id: "found" });
  show(view, search(asked), found);
  if (asked.token === "given") delete asked.token;
  const of = token ? { token } : asked;
  token = "";
  if (isEmpty(of)) {
    return overview(found);
  }
  return results(found, of);
}

/** The running sweeps and the last revocations, until something is looked for. */
function overview(found) {
  const running = h("section", { class: "card" });
  const before = h("section", { class: "card" });
  show(found, h("p", { class: "hint" }, "Name a realm, a user, or both: then you see what a revocation would hit, before anything is done."),
    running, before);
  if (may("feed")) recent(before, {});
  return sweepList(running);
}

function search(asked) {
  const realm = h("input", { id: "realm", name: "realm_name", value: asked.realm_name ?? caller.realms?.[0] ?? "", autocapitalize: "none", spellcheck: "false", autocomplete: "off" });
  const user = h("input", { id: "user", name: "username", value: asked.username ?? "", autocapitalize: "none", spellcheck: "false", autocomplete: "off" });
  const chosen = narrowings.find((name) => asked[name]) ?? "";
  const by = h("select", { id: "narrow" },
    h("option", { value: "" }, "all of their tokens"),
    h("option", { value: "client_id" }, "those of a client"),
    h("option", { value: "session_id" }, "those of a session"),
    h("option", { value: "token_type" }, "access_token or refresh_token"),
    h("option", { value: "kid" }, "JWTs signed with a key"));
  by.value = chosen;
  const value = h("input", { id: "narrow-value", value: asked[chosen] ?? "", autocapitalize: "none", spellcheck: "false", autocomplete: "off" });
  const narrow = field("Which", value);
  narrow.hidden = chosen === "";
  by.addEventListener("change", () => { narrow.hidden = by.value === ""; });
  const secret = h("input", { id: "token", type: "password", autocomplete: "off" });
  return h("div", { class: "searches" },
    h("form", {
      class: "search", role: "search", "aria-label": "A realm or a user",
      onsubmit: (event) => {
        event.preventDefault();
        go(link(target({ realm_name: realm.value.trim(), username: user.value.trim(), [by.value || "none"]: by.value ? value.value.trim() : "" })));
      },
    }, field("Realm", realm), field("User", user), field("Of these", by), narrow, h("button", { class: "primary", id: "look-up" }, "Look")),
    h("details", { class: "one" }, h("summary", {}, "A single token"),
      h("form", {
        class: "search",
        onsubmit: (event) => {
          event.preventDefault();
          token = secret.value.trim();
          if (token) go("#find?token=given");
        },
      }, field("Token", secret, "It is sent to the service only, and shown nowhere."), h("button", { class: "primary" }, "Look"))));
}

/** Opens it, also if it is open. */
function go(hash) {
  if (location.hash === hash) dispatchEvent(new HashChangeEvent("hashchange"));
  else location.hash = hash;
}

function results(found, of) {
  const heading = h("h2", {}, words(of));
  const refused = refusal(of);
  if (refused) {
    show(found, heading, h("p", { class: "refused" }, refused));
    return undefined;
  }
  const list = !of.kid && (of.username ? tokens : of.realm_name && holdings);
  const grants = h("section", { class: "card" });
  const held = h("section", { class: "card" });
  const before = h("section", { class: "card" });
  const acting = act(of, refresh);
  show(found, heading, acting.element,
    list ? grants : null,
    of.token ? null : held,
    of.token ? null : before);
  function refresh() {
    if (list) list(grants, of);
    if (!of.token) {
      lockTable(held, (lock) => concerns(of, lock.target), refresh);
      if (may("feed")) recent(before, of, may("audit") && auditLink(of));
      else show(before, h("h3", {}, "Last revocations"), h("p", { class: "refused" }, why("feed")));
    }
  }
  refresh();
  return acting.close;
}

function auditLink(of) {
  const { realm_name, username } = of;
  return h("a", { href: `#audit?${toQuery(target({ realm_name, username }))}` }, "Who has done what");
}

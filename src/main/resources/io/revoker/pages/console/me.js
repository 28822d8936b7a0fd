// What the client that has logged in may do.
import { h, row, show, table } from "./dom.js";
import { time } from "./format.js";
import { caller, may, why } from "./caller.js";

const RIGHTS = [
  ["invalidate", "Revoke, lock and unlock, stop sweeps, see who has tokens"],
  ["register", "Register and mint tokens"],
  ["check", "Check tokens"],
  ["introspect-refresh", "See refresh tokens as active"],
  ["feed", "Follow the revocations, see the followers"],
  ["audit", "See who has done what"],
  ["admin", "Everything"],
];

export function me(view) {
  show(view, h("section", { class: "card" },
    h("h2", {}, caller.id),
    h("p", {}, caller.realms ? `In the realms ${caller.realms.join(", ")}.` : "In every realm."),
    h("p", {}, caller.until ? `Logged in until ${time(caller.until)}.` : "There is no client file: everybody who reaches this page may do everything."),
    table("Privileges", ["Privilege", "Allows", "Yours"], RIGHTS.map(([name, allows]) => row(
      h("th", { scope: "row" }, name), allows,
      may(name) ? h("span", { class: "state ended" }, "yes") : h("span", { class: "refused" }, why(name)))))));
}

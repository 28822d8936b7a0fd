// The clients, sessions and users of a realm, of as many live tokens as the service has looked at: of all, or of those
// of a client, of a session or of a kind. The service does not say which key has signed them.
import { read } from "./api.js";
import { failure, h, row, show, table } from "./dom.js";
import { number } from "./format.js";
import { link, toQuery } from "./target.js";

const KINDS = { access_token: "access tokens", refresh_token: "refresh tokens" };

/** Rows of each table. */
const MOST = 20;
const TABLES = [
  { member: "client_id", title: "Clients", of: "Client" },
  { member: "session_id", title: "Sessions", of: "Session" },
  { member: "username", title: "Users", of: "User" },
];

export async function holdings(card, of) {
  const heading = h("h3", {}, "Who has its tokens");
  try {
    const page = await read(`/v1/tokens?${toQuery({ realm_name: of.realm_name })}`);
    const grants = page.grants.filter((grant) => ["client_id", "session_id"].every((name) => !of[name] || grant[name] === of[name]) && count(grant, of) > 0);
    show(card, heading,
      h("p", { class: "hint", id: "looked-at" }, page.complete
        ? `Of all live ${KINDS[of.token_type] ?? "tokens"} of this realm.`
        : `Of ${number(page.grants.length)} grants that were found first; there may be more. Look at one to count all of its tokens.`),
      page.error_count && h("p", { class: "failure" }, `${page.error_count} could not be read.`),
      h("div", { class: "holdings" }, TABLES.filter(({ member }) => !of[member]).map((one) => list(one, grants, of))));
  } catch (problem) {
    show(card, heading, failure(problem));
  }
}

/** Its live tokens, those of a kind if only these are meant. */
function count(grant, of) {
  return Object.keys(KINDS).filter((kind) => grant[kind] && (!of.token_type || kind === of.token_type)).length;
}

function list({ member, title, of: name }, grants, of) {
  const tokens = new Map();
  for (const grant of grants) {
    if (grant[member]) tokens.set(grant[member], (tokens.get(grant[member]) ?? 0) + count(grant, of));
  }
  const sorted = [...tokens].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
  const rest = sorted.length - MOST;
  return h("div", {},
    table(`${title} of this realm`, [name, "Live tokens"], sorted.slice(0, MOST).map(([value]) => row(
      h("th", { scope: "row" }, h("a", { href: link({ ...(member === "username" ? of : { realm_name: of.realm_name }), [member]: value }) }, value)),
      number(tokens.get(value)))), `No ${title.toLowerCase()} are known.`),
    rest > 0 && h("p", { class: "hint" }, `and ${number(rest)} more`));
}

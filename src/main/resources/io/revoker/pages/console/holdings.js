// The clients, sessions and users of a realm, of as many live tokens as the service has looked at so far: of all, or of
// those of a client, of a session or of a kind.
import { read } from "./api.js";
import { failure, h, row, show, table } from "./dom.js";
import { count, number } from "./format.js";
import { KINDS, liveTokens } from "./grants.js";
import { link, toQuery } from "./target.js";

/** Rows of each table. */
const MOST = 20;
const TABLES = [
  { member: "client_id", title: "Clients", of: "Client" },
  { member: "session_id", title: "Sessions", of: "Session" },
  { member: "username", title: "Users", of: "User" },
];

/** What was found for a card last: an answer that belongs to an earlier one is ignored. */
const current = new WeakMap();

export function holdings(card, of) {
  const sum = { grants: new Set(), tokens: TABLES.map(() => new Map()), errors: 0, next: "" };
  current.set(card, sum);
  return look(card, of, sum);
}

/** Looks at the next page, and adds it to what was found in those before it. */
async function look(card, of, sum) {
  const heading = h("h3", {}, "Who has its tokens");
  const { next } = sum;
  sum.isLooking = true;
  try {
    const page = await read(`/v1/tokens?${toQuery({ realm_name: of.realm_name, ...(next && { after: next }) })}`);
    if (current.get(card) !== sum) return;
    for (const grant of page.grants) add(grant, of, sum);
    sum.errors += page.error_count ?? 0;
    sum.next = page.next;
    show(card, heading, found(of, sum), further(card, of, sum));
  } catch (problem) {
    if (current.get(card) === sum) show(card, heading, failure(problem), next && [found(of, sum), further(card, of, sum)]);
  } finally {
    sum.isLooking = false;
  }
}

/** Each grant once: those of a user who gets a token meanwhile come again. */
function add(grant, of, sum) {
  const name = `${grant.id} ${grant.username}`;
  if (sum.grants.has(name)) return;
  sum.grants.add(name);
  const live = liveTokens(grant, of);
  TABLES.forEach(({ member }, i) => {
    const value = grant[member];
    if (value && live > 0) sum.tokens[i].set(value, (sum.tokens[i].get(value) ?? 0) + live);
  });
}

function found(of, sum) {
  return [
    h("p", { class: "hint", id: "looked-at" }, sum.next
      ? `Of ${count(sum.grants.size, "grant")} found so far; there may be more. Look further, or look at one to count all of its tokens.`
      : `Of all live ${KINDS[of.token_type] ?? "tokens"} of this realm.`),
    sum.errors > 0 && h("p", { class: "failure" }, `${number(sum.errors)} could not be read.`),
    h("div", { class: "holdings" }, TABLES.map((one, i) => !of[one.member] && list(one, sum.tokens[i], of))),
  ];
}

function further(card, of, sum) {
  return sum.next && h("button", { type: "button", class: "quiet", id: "look-further", onclick: () => sum.isLooking || look(card, of, sum) }, "Look further");
}

function list({ member, title, of: name }, tokens, of) {
  const sorted = [...tokens].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
  const rest = sorted.length - MOST;
  return h("div", {},
    table(`${title} of this realm`, [name, "Live tokens"], sorted.slice(0, MOST).map(([value, live]) => row(
      h("th", { scope: "row" }, h("a", { href: link({ ...(member === "username" ? of : { realm_name: of.realm_name }), [member]: value }) }, value)),
      number(live))), `No ${title.toLowerCase()} are known.`),
    rest > 0 && h("p", { class: "hint" }, `and ${number(rest)} more`));
}

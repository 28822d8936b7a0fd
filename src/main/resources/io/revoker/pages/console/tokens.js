// The live tokens of a user, in a realm or in every one, a page at a time: all, or those of a client, of a session or of
// a kind.
import { read } from "./api.js";
import { failure, h, row, show, table } from "./dom.js";
import { away, count, time } from "./format.js";
import { liveTokens } from "./grants.js";
import { link, target, toQuery } from "./target.js";

const HEADS = ["Id", "Client", "Session", "Scope", "Issued", "Access ends", "Refresh ends"];

export async function tokens(card, of, after = "") {
  const holder = target({ realm_name: of.realm_name, username: of.username });
  const heading = h("h3", {}, "Live tokens");
  try {
    const page = await read(`/v1/tokens?${toQuery({ ...holder, ...(after && { after }) })}`);
    const meant = page.grants.filter((grant) => liveTokens(grant, of) > 0);
    const where = of.realm_name ? "in this realm" : "in every realm";
    show(card, heading,
      table(`Live tokens of this user ${where}`, of.realm_name ? HEADS : ["Realm", ...HEADS],
        meant.map((grant) => grantRow(of, grant)), after || page.next ? "None on this page." : "No live tokens."),
      page.error_count && h("p", { class: "failure" }, `${page.error_count} could not be read.`),
      (after || page.next) && h("p", { class: "hint", id: "paged" },
        `${count(meant.length, "grant")} on this page${page.next ? "; there may be more." : ", the last one."}`),
      page.next && h("button", { type: "button", class: "quiet", id: "next-page", onclick: () => tokens(card, of, page.next) }, "Next page"),
      after && h("button", { type: "button", class: "quiet", id: "first-page", onclick: () => tokens(card, of) }, "First page"));
  } catch (problem) {
    show(card, heading, failure(problem), h("button", { type: "button", class: "quiet", onclick: () => tokens(card, of, after) }, "Try again"));
  }
}

function grantRow(of, grant) {
  const holder = { realm_name: of.realm_name ?? grant.realm_name, username: of.username };
  const narrow = (name, value) => (value ? h("a", { href: link({ ...holder, [name]: value }) }, value) : "");
  const ends = (one) => (one ? h("span", { title: time(new Date(one.expires_at * 1000)) }, away(new Date(one.expires_at * 1000))) : "");
  return row(
    ...(of.realm_name ? [] : [h("a", { href: link(holder) }, holder.realm_name)]),
    h("th", { scope: "row", class: "id" }, grant.id),
    narrow("client_id", grant.client_id),
    narrow("session_id", grant.session_id),
    grant.scope ?? "",
    grant.issued_at ? time(new Date(grant.issued_at * 1000)) : "",
    ends(grant.access_token),
    ends(grant.refresh_token));
}

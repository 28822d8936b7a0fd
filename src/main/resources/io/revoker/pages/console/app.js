// The frame: who is logged in, which view is open, and the look.
import { session, settled } from "./api.js";
import { failure, h, say, show } from "./dom.js";
import { caller, login, may, why } from "./caller.js";
import { find } from "./find.js";
import { sweeps } from "./sweeps.js";
import { live } from "./live.js";
import { locks } from "./locks.js";
import { followers } from "./followers.js";
import { charts, forgetFigures, watchFigures } from "./charts.js";
import { time } from "./format.js";
import { audit } from "./audit.js";
import { me } from "./me.js";

const VIEWS = [
  { name: "find", title: "Find", privilege: "invalidate", open: find },
  { name: "sweeps", title: "Sweeps", privilege: "invalidate", open: sweeps },
  { name: "live", title: "Live", privilege: "feed", open: live },
  { name: "locks", title: "Locks", privilege: "invalidate", open: locks },
  { name: "followers", title: "Followers", privilege: "feed", open: followers },
  { name: "charts", title: "Charts", privilege: "figures", open: charts },
  { name: "audit", title: "Audit", privilege: "audit", open: audit },
  { name: "me", title: "My rights", open: me },
];

const main = document.getElementById("main");
let close = () => {};

/** The name of a view and what it is to open: a query just as it is in the address, or an id. */
function address() {
  const [, name, kind, rest] = /^#?([^?/]*)([?/]?)(.*)$/s.exec(location.hash);
  return [name, kind === "/" ? decoded(rest) : rest];
}

function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function navigate() {
  const [name, wanted] = address();
  const view = VIEWS.find((one) => one.name === name) ?? VIEWS[0];
  close();
  close = () => {};
  if (navigate.again) say("");
  for (const link of document.querySelectorAll("#nav a")) {
    if (link.hash === `#${view.name}`) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
  document.title = `${view.title} · Revoker`;
  const heading = h("h1", { tabindex: "-1" }, view.title);
  const body = h("div", { class: "view" });
  show(main, heading, body);
  if (view.privilege && !may(view.privilege)) {
    show(body, h("p", { class: "refused" }, why(view.privilege)));
  } else {
    close = view.open(body, wanted) ?? (() => {});
  }
  if (navigate.again) heading.focus({ preventScroll: true });
  navigate.again = true;
}

function frame() {
  show(document.getElementById("nav"), h("ul", {}, VIEWS.map((view) =>
    h("li", {}, h("a", { href: `#${view.name}`, class: may(view.privilege) ? "" : "off" }, view.title)))));
  show(document.getElementById("who"),
    h("span", { class: "caller" }, caller.id),
    h("button", { type: "button", class: "quiet", id: "look", onclick: nextLook }, lookName()),
    caller.needsLogIn && h("button", { type: "button", class: "quiet", id: "log-out", onclick: logOut }, "Log out"));
}

function begin() {
  frame();
  if (may("figures")) watchFigures();
  navigate();
}

async function logOut() {
  try {
    leave();
    await settled();
    await session.end();
    askWho();
    say("Logged out");
  } catch (problem) {
    askWho(`Logged out here, but the session may still be valid until ${time(caller.until)}: ${problem.message}`);
  }
}

/** Asks for nothing any more. */
function leave() {
  close();
  close = () => {};
  forgetFigures();
}

function askWho(message) {
  leave();
  caller.is({ caller: "", privileges: [] });
  show(document.getElementById("nav"));
  show(document.getElementById("who"));
  document.title = "Log in · Revoker";
  show(main, login(begin, message));
  document.getElementById("client").focus();
}

// The look: as the system has it, unless somebody wants another.
const LOOKS = ["auto", "light", "dark"];
const look = () => localStorage.getItem("look") ?? "auto";
const dark = matchMedia("(prefers-color-scheme: dark)");
const lookName = () => `Theme: ${look()}`;

function nextLook() {
  localStorage.setItem("look", LOOKS[(LOOKS.indexOf(look()) + 1) % LOOKS.length]);
  applyLook();
  document.getElementById("look").textContent = lookName();
}

function applyLook() {
  document.documentElement.dataset.look = look() === "auto" ? (dark.matches ? "dark" : "light") : look();
  dispatchEvent(new Event("look"));
}

applyLook();
dark.addEventListener("change", applyLook);
addEventListener("hashchange", () => { if (caller.id) navigate(); });
addEventListener("session-ended", () => askWho("The session has ended. Log in to go on where you were."));
try {
  const known = await session.find();
  if (known.caller) {
    caller.is(known);
    begin();
  } else {
    askWho();
  }
} catch (problem) {
  show(main, h("h1", {}, "Revoker"), failure(problem));
}

// Who has logged in, and what that client may do. The service decides; this only says so before.
import { session } from "./api.js";
import { failure, field, h, show } from "./dom.js";

export const caller = {
  id: "",
  privileges: [],
  realms: undefined,
  until: undefined,
  needsLogIn: false,

  is(known) {
    this.id = known.caller;
    this.privileges = known.privileges;
    this.realms = known.realms;
    this.until = known.until && new Date(known.until);
    this.needsLogIn = Boolean(known.until);
  },
};

/** The figures of the charts are those of all realms. */
export function may(privilege) {
  if (!privilege) return true;
  return privilege === "figures"
    ? may("invalidate") && !caller.realms
    : caller.privileges.includes(privilege);
}

/** Why something can't be done. */
export function why(privilege) {
  return privilege === "figures" && caller.realms
    ? `The charts show all realms together, and ${caller.id} may act in some only.`
    : `${caller.id} lacks the privilege ${privilege === "figures" ? "invalidate" : privilege}. An administrator can add it in the client file.`;
}

/** Whether the client may act on a target; else why not. */
export function refusal(target) {
  if (!may("invalidate")) return why("invalidate");
  if (!caller.realms || target.token) return "";
  if (!target.realm_name) return `${caller.id} may act in some realms only: name one of ${caller.realms.join(", ")}.`;
  return caller.realms.includes(target.realm_name)
    ? ""
    : `${caller.id} may not act in the realm ${target.realm_name}, only in ${caller.realms.join(", ")}.`;
}

export function login(then, message) {
  const client = h("input", { id: "client", name: "client", autocomplete: "username", autocapitalize: "none", spellcheck: "false", required: true });
  const secret = h("input", { id: "secret", name: "secret", type: "password", autocomplete: "current-password", required: true });
  const outcome = h("div", {});
  const button = h("button", { class: "primary", id: "log-in" }, "Log in");
  async function submit(event) {
    event.preventDefault();
    button.disabled = true;
    show(outcome);
    try {
      caller.is(await session.begin(client.value, secret.value));
      then();
    } catch (problem) {
      show(outcome, failure(problem));
      secret.value = "";
      secret.focus();
    } finally {
      button.disabled = false;
    }
  }
  return h("section", { class: "login" },
    h("h1", {}, "Log in"),
    h("p", { class: "hint" }, message ?? "With the id and the secret of a client of the client file."),
    h("p", { class: "hint" }, "A client that has keys or a certificate in place of a secret can't log in here: use the command line, or a client with a secret."),
    h("form", { onsubmit: submit }, field("Client", client), field("Secret", secret), button, outcome));
}

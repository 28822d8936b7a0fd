// Which of the grants that the service lists are meant: it lists all of a realm or a user, and does not say which key has
// signed a token.

export const KINDS = { access_token: "access tokens", refresh_token: "refresh tokens" };

/** How many live tokens of it are meant: none if it is of another client or session. */
export function liveTokens(grant, of) {
  if (["client_id", "session_id"].some((name) => of[name] && grant[name] !== of[name])) return 0;
  return Object.keys(KINDS).filter((kind) => grant[kind] && (!of.token_type || kind === of.token_type)).length;
}

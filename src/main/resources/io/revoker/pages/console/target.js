// What a revocation names: the members that the API has for it.

const NARROW = {
  client_id: "client",
  session_id: "session",
  token_type: "tokens of the kind",
  kid: "tokens signed with the key",
};

export const narrowings = Object.keys(NARROW);

/** The members that are not empty. */
export function target(members) {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== "" && value !== undefined && value !== null));
}

/** Says it in words. */
export function words(of) {
  if (!of || Object.keys(of).length === 0) return "a single token";
  if (of.all) return "all tokens of every realm";
  if (of.token) return "the token";
  const narrow = narrowings.filter((name) => of[name]).map((name) => `${NARROW[name]} ${of[name]} of `).join("");
  const user = of.username ? `user ${of.username}` : "";
  const realm = of.realm_name ? `realm ${of.realm_name}` : "";
  const holder = user && realm ? `${user} in ${realm}` : user ? `${user} in every realm` : realm;
  return narrow + holder;
}

/** Whether it may hit more than one user. */
export const isWide = (of) => !of.username && !of.token;

/** What has to be typed before a wide one is revoked. */
export const word = (of) => of.realm_name ?? "everything";

export const isEmpty = (of) => Object.keys(of).length === 0;

/** Whether what is said of one concerns the other: the same realm and user, as far as both name them. */
export function concerns(of, other) {
  if (!other) return false;
  if (other.all) return true;
  const same = (name) => !of[name] || !other[name] || of[name] === other[name];
  return same("realm_name") && same("username") && Boolean(other.realm_name || other.username);
}

export const toQuery = (of) => new URLSearchParams(of).toString();

export const link = (of) => `#find?${toQuery(of)}`;

// The calls of the console. The session is a cookie that no script can read; the header shows that this page calls.

/** What the service refused, or that it can't be reached. */
export class Refusal extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

const HEADERS = { "Revoker-Console": "1" };

/** What has not been answered yet. */
const pending = new Set();

/** When nothing is under way: a call that the log-out overtakes would be refused. */
export const settled = () => Promise.allSettled([...pending]);

function send(...request) {
  const answer = exchange(...request);
  pending.add(answer);
  answer.then(() => pending.delete(answer), () => pending.delete(answer));
  return answer;
}

async function exchange(method, path, body, headers = {}) {
  let answer;
  try {
    answer = await fetch(path, {
      method,
      headers: body === undefined ? { ...HEADERS, ...headers } : { ...HEADERS, ...headers, "Content-Type": "application/json" },
      body: body === undefined ? undefined : JSON.stringify(body),
      credentials: "same-origin",
      cache: "no-store",
    });
  } catch {
    throw new Refusal(0, "The service can't be reached.");
  }
  const text = await answer.text();
  let document;
  try {
    document = text === "" ? {} : JSON.parse(text);
  } catch {
    throw new Refusal(answer.status, `The answer ${answer.status} is not from Revoker.`);
  }
  return { status: answer.status, headers: answer.headers, body: document };
}

/** Fails with a refusal unless the status is one of these. */
async function expect(statuses, ...request) {
  const answer = await send(...request);
  if (!statuses.includes(answer.status)) {
    if (answer.status === 401 && request[1] !== "session") dispatchEvent(new Event("session-ended"));
    throw new Refusal(answer.status, answer.body.detail ?? `Status ${answer.status}`);
  }
  return answer;
}

const api = (path) => `api${path}`;

export const session = {
  find: async () => (await expect([200], "GET", "session")).body,
  begin: async (client, secret) => (await expect([200], "POST", "session", { client, secret })).body,
  end: () => expect([204], "DELETE", "session"),
};

export const read = async (path) => (await expect([200], "GET", api(path))).body;

export const remove = async (path) => (await expect([200, 204], "DELETE", api(path))).body;

/** What a revocation would hit now: how many live tokens, and whether there are unregistered JWTs beside them. */
export async function preview(target) {
  const answer = await expect([200, 404], "POST", api("/v1/revocations"), { target, dry_run: true });
  return { tokens: answer.body.invalidated_tokens, uncounted: answer.headers.has("Revoker-Uncounted") };
}

/** Begins a revocation; the answer names its sweep, or has its counts. Done once, however often it is sent with the key. */
export function revoke(document, key) {
  return expect([200, 202, 404], "POST", api("/v1/revocations?wait_for_completion=false"), document, { "Idempotency-Key": `"${key}"` });
}

export const newKey = () => Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");

export const streamPath = (last) => api(`/v1/revocations/stream?timeout=60s${last ? `&last_event_id=${last}` : ""}`);

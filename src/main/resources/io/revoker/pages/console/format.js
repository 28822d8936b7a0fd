// How numbers, times and targets are written.

const NUMBER = new Intl.NumberFormat("en");

export const number = (value) => NUMBER.format(value);

export const count = (value, one, many = `${one}s`) => `${number(value)} ${value === 1 ? one : many}`;

/** A stamp, which is in microseconds. */
export const ofStamp = (stamp) => new Date(Number(BigInt(stamp) / 1000n));

const two = (value) => String(value).padStart(2, "0");

/** In the time of the browser; the date only if it is not today. */
export function time(date) {
  const clock = `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return date.toDateString() === new Date().toDateString() ? clock : `${day} ${clock}`;
}

export function duration(seconds) {
  if (seconds < 1) return `${Math.round(seconds * 1000)} ms`;
  if (seconds < 90) return `${Math.round(seconds)} s`;
  if (seconds < 5400) return `${Math.round(seconds / 60)} min`;
  if (seconds < 129600) return `${Math.round(seconds / 3600)} h`;
  return `${Math.round(seconds / 86400)} days`;
}

/** In how long, or how long ago. */
export function away(date) {
  const seconds = (date - Date.now()) / 1000;
  return seconds >= 0 ? `in ${duration(seconds)}` : `${duration(-seconds)} ago`;
}

export const counts = (body) =>
  `${count(body.invalidated_tokens, "token")} invalidated, ${number(body.previously_invalidated_tokens)} already invalid, `
  + `${count(body.error_count, "error")}`;

// Makes elements. Texts come in as text nodes only: the page's policy forbids markup made of texts.

/** An element; properties that begin with "on" are listeners, "class" and others attributes; true is an empty one. */
export function h(name, properties = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (value === undefined || value === null || value === false) continue;
    if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
    else if (key === "value") element.value = value;
    else element.setAttribute(key, value === true ? "" : String(value));
  }
  element.append(...children.flat(Infinity).filter((child) => child !== undefined && child !== null && child !== false));
  return element;
}

/** Replaces what is in an element, and keeps the focus on what has the same id. */
export function show(element, ...children) {
  const focused = element.contains(document.activeElement) ? document.activeElement.id : "";
  element.replaceChildren(...children.flat(Infinity).filter((child) => child));
  if (focused) document.getElementById(focused)?.focus();
}

let ids = 0;

/** An input, a select or a textarea with its label. */
export function field(label, control, hint) {
  control.id ||= `field-${++ids}`;
  const note = hint && h("small", { id: `${control.id}-hint` }, hint);
  if (note) control.setAttribute("aria-describedby", note.id);
  return h("div", { class: "field" }, h("label", { for: control.id }, label), control, note);
}

/** A table that can be scrolled, also by keyboard. */
export function table(caption, heads, rows, nothing) {
  if (rows.length === 0) return h("p", { class: "nothing" }, nothing);
  return h("div", { class: "wide", tabindex: "0", role: "region", "aria-label": caption },
    h("table", {},
      h("caption", {}, caption),
      h("thead", {}, h("tr", {}, heads.map((head) => h("th", { scope: "col" }, head)))),
      h("tbody", {}, rows)));
}

export function row(...cells) {
  return h("tr", {}, cells.map((cell) => (cell instanceof HTMLTableCellElement ? cell : h("td", {}, cell))));
}

/** Tells an outcome: to everyone in words, also to those who only hear the page. */
export function say(text) {
  const said = document.getElementById("said");
  said.textContent = text;
  clearTimeout(say.timer);
  say.timer = setTimeout(() => { said.textContent = ""; }, 6000);
}

export function failure(problem) {
  return h("p", { class: "failure", role: "alert" }, problem.message);
}

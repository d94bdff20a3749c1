// Small helpers to make elements.

/**
 * Makes an element.
 * @param {string} tag Its name.
 * @param {Record<string, any>} [properties] Attributes; "on…" are listeners, "class" and "text" what they say.
 * @param {(Node | string | null | undefined)[]} children
 * @returns {HTMLElement}
 */
export function element(tag, properties = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name.startsWith("on")) {
      made.addEventListener(name.slice(2), value);
    } else if (name === "text") {
      made.textContent = value;
    } else if (value === true) {
      made.setAttribute(name, "");
    } else if (value !== false && value !== null && value !== undefined) {
      made.setAttribute(name, value);
    }
  }
  made.append(...children.filter((child) => child !== null && child !== undefined));
  return made;
}

/**
 * An element with HTML that the server has made and cleaned. Nothing else may come here.
 * @param {string} tag
 * @param {string} className
 * @param {string} cleanHtml
 */
export function fromServer(tag, className, cleanHtml) {
  const made = element(tag, { class: className });
  made.innerHTML = cleanHtml;
  return made;
}

/** A button with words, and with a sign before them if one is given. */
export function button(label, onclick, { sign, title, ...more } = {}) {
  const attributes = { type: "button", title: title ?? label, onclick, ...more };
  return sign
    ? element("button", attributes, element("span", { class: "sign", "aria-hidden": "true", text: sign }),
      element("span", { class: "label", text: label }))
    : element("button", attributes, label);
}

/**
 * Calls a function once the calls have paused, or have gone on for the longest time; "now" calls it at once if a call
 * waits.
 */
export function afterPause(delay, work, longest = Infinity) {
  let timer = 0;
  let first = 0;
  const later = () => {
    const now = performance.now();
    first = timer ? first : now;
    clearTimeout(timer);
    timer = setTimeout(() => {
      timer = 0;
      work();
    }, Math.max(0, Math.min(delay, first + longest - now)));
  };
  later.now = () => {
    if (timer) {
      clearTimeout(timer);
      timer = 0;
      work();
    }
  };
  return later;
}

/** Says something to a screen reader, without showing it. */
export function announce(words) {
  const place = document.getElementById("announcements");
  if (place && words) {
    place.textContent = words;
  }
}

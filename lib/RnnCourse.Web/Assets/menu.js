// A menu that opens at a button, for the mouse and for the keyboard.
import { element } from "./dom.js";

let open = null;

/**
 * @param {HTMLElement} opener The button.
 * @param {[string, () => void, string?][]} entries What is offered: words, what it does, and its key.
 */
export function openMenu(opener, entries) {
  if (open?.opener === opener) {
    closeMenu();
    return;
  }
  closeMenu();
  const items = entries.map(([label, work, key]) =>
    element("button", {
      type: "button", role: "menuitem", tabindex: "-1",
      onclick: () => {
        closeMenu();
        work();
      },
    }, element("span", { text: label }), key ? element("kbd", { "aria-hidden": "true", text: key }) : null));
  const menu = element("div", { class: "popup", role: "menu", "aria-label": opener.title || opener.textContent,
    onkeydown: (event) => move(event, items) }, ...items);
  document.body.append(menu);
  open = { opener, menu };
  opener.setAttribute("aria-expanded", "true");
  const place = opener.getBoundingClientRect();
  const below = innerHeight - place.bottom;
  menu.style.left = `${Math.max(8, Math.min(place.right - menu.offsetWidth, innerWidth - menu.offsetWidth - 8)) + scrollX}px`;
  menu.style.top = `${(below > menu.offsetHeight + 8 || below > place.top
    ? place.bottom + 4 : Math.max(8, place.top - menu.offsetHeight - 4)) + scrollY}px`;
  items[0]?.focus({ preventScroll: true });
}

function closeMenu(keepsFocus = true) {
  if (!open) {
    return;
  }
  const { opener, menu } = open;
  open = null;
  menu.remove();
  opener.setAttribute("aria-expanded", "false");
  if (keepsFocus) {
    opener.focus({ preventScroll: true });
  }
}

function move(event, items) {
  const at = items.indexOf(document.activeElement);
  const to = { ArrowDown: at + 1, ArrowUp: at - 1 + items.length, Home: 0, End: items.length - 1 }[event.key];
  if (to !== undefined) {
    items[to % items.length].focus();
  } else if (event.key === "Escape" || event.key === "Tab") {
    closeMenu();
  } else {
    return;
  }
  event.preventDefault();
  event.stopPropagation();
}

document.addEventListener("pointerdown", (event) => {
  if (open && !open.menu.contains(event.target) && !open.opener.contains(event.target)) {
    closeMenu(false);
  }
});

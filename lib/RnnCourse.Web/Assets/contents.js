// The list of headings: beside the text where there is room, else behind a button of the bar. It follows the texts as
// they are edited.
import { button, element } from "./dom.js";
import { openMenu } from "./menu.js";

const FEWEST = 2;

/**
 * @param {HTMLElement} bar The bar, which gets the button.
 * @param {HTMLElement} place The element that holds the cells.
 * @param {EventTarget} page Tells when cells were added, moved or shown anew.
 * @param {import("./exercises.js").Exercises} exercises Follow the headings.
 */
export function listContents(bar, place, page, exercises) {
  const more = button("Contents", () => openMenu(more, [
    ...headingsIn(place).map((heading) => [nameOf(heading), () => goTo(heading)]),
    ...exercises.entries,
  ]), { sign: "☰", class: "to-contents", title: "Go to a heading of this page", "aria-haspopup": "menu", "aria-expanded": "false" });
  bar.querySelector(".gap").before(more);
  const follow = () => {
    const headings = headingsIn(place);
    more.hidden = headings.length < FEWEST;
    fillRail(place, headings);
  };
  page.addEventListener("arranged", follow);
  page.addEventListener("textShown", follow);
}

// The title is not listed: it stands at the top.
function headingsIn(place) {
  const [first, ...rest] = place.querySelectorAll(".text > .outputs :is(h1, h2, h3)");
  return first?.tagName === "H1" ? rest : [first, ...rest].filter(Boolean);
}

function nameOf(heading) {
  return [...heading.childNodes].filter((node) => !node.classList?.contains("anchor")).map((node) => node.textContent).join("").trim();
}

function goTo(heading) {
  heading.closest(".cell").focus({ preventScroll: true });
  heading.scrollIntoView({ block: "start" });
}

function fillRail(place, headings) {
  const list = place.parentElement.querySelector(".contents ol");
  const now = headings.map((heading) => `${heading.tagName} ${heading.id} ${nameOf(heading)}`).join("\n");
  if (!list || list.dataset.shown === now) {
    return;
  }
  list.dataset.shown = now;
  list.replaceChildren(...headings.map((heading) => {
    const link = element("a", {
      href: `#${heading.id}`,
      onclick: (event) => {
        // Two headings with the same name have the same address.
        event.preventDefault();
        goTo(heading);
      },
    });
    // Includes formulas, which the server has rendered and cleaned.
    link.append(...[...heading.childNodes].filter((node) => !node.classList?.contains("anchor")).map((node) => node.cloneNode(true)));
    for (const inner of link.querySelectorAll("a")) {
      inner.replaceWith(...inner.childNodes);
    }
    return element("li", { class: `level-${heading.tagName[1]}` }, link);
  }));
}

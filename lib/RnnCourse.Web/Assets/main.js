// The script of the live page.
import { Connection } from "./connection.js";
import { listenToKeys } from "./keys.js";
import { NotebookPage } from "./notebook.js";
import { fillToolbar } from "./toolbar.js";

const place = document.getElementById("cells");
const connection = new Connection(place.dataset.socket);
const page = new NotebookPage(place, connection);
fillToolbar(document.getElementById("toolbar"), document.getElementById("notices"), page, place.dataset.canReset === "true");
listenToKeys(page);
connection.open();

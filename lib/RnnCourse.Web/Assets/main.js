// The script of the live page.
import { Connection } from "./connection.js";
import { listContents } from "./contents.js";
import { listenToKeys } from "./keys.js";
import { startLearning } from "./learning.js";
import { NotebookPage } from "./notebook.js";
import { makeScrollable } from "./scrolling.js";
import { fillToolbar } from "./toolbar.js";

const place = document.getElementById("cells");
const connection = new Connection(place.dataset.socket);
const page = new NotebookPage(place, connection);
const bar = document.getElementById("toolbar");
fillToolbar(bar, document.getElementById("notices"), page, place.dataset.canReset === "true");
listContents(bar, place, page);
listenToKeys(page);
startLearning(page);
makeScrollable(place);
connection.open();

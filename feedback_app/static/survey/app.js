// The pages of the installable app: those of the staff, the page for visits, and the one that a handed-over phone shows.

import { openDesk } from "./desk.js";
import { keepFromOthers } from "./handed_over.js";
import { listenToHandOver } from "./handing.js";
import { keepTending } from "./tending.js";
import { openVisit } from "./visit.js";

if ("forStaff" in document.body.dataset) keepFromOthers();
keepTending();
listenToHandOver();
openVisit();
openDesk();

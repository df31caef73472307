// The one entry. Everything here improves a page that already works without it.
import "./css/index.css";
import "./js/htmx.js";
import "./js/menu.js";
import "./js/toast.js";
import "./js/dialog.js";
import "./js/confirm.js";
import "./js/count.js";
import "./js/draft.js";
import "./js/files.js";
import "./js/upload.js";
import "./js/print.js";
import "./js/share.js";
import "./js/embed.js";
import "./js/map.js";
import "./js/ballot.js";
import "./js/lots.js";
import "./js/door.js";

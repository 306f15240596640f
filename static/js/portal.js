// The portal works without this script; it only makes the NHS components nicer to use.
import { initAll } from "nhsuk-frontend";

document.body.classList.add("js-enabled", "nhsuk-frontend-supported");
initAll();

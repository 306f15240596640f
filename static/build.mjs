// Builds static/build/ (git-ignored) from static/scss and static/js: `npm run build`.
// One style sheet, one script, one more for the grid to type into, and the licences of what they
// contain; nothing else is served.
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { compile } from "sass";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const nhsuk = "../node_modules/nhsuk-frontend/dist/nhsuk";
const output = here("build/");

// Map comments would make Django's hashed storage look for files that are not served.
const withoutMap = (text) => text.replace(/^\/\/# sourceMappingURL=.*$|\/\/# sourceMappingURL=\S+\s*$/gm, "");

rmSync(output, { recursive: true, force: true });
mkdirSync(output, { recursive: true });

const { css } = compile(here("scss/portal.scss"), {
  loadPaths: [here(`${nhsuk}`)],
  style: "compressed",
  quietDeps: true,
});
writeFileSync(`${output}portal.css`, css);

// A library and the portal's few lines become one module, so that one hashed file is enough.
function bundle(name, library) {
  const own = readFileSync(here(`js/${name}`), "utf8").replace(/^import .*;\n/m, "");
  writeFileSync(`${output}${name}`, `${withoutMap(readFileSync(here(library), "utf8"))}\n${own}`);
}
bundle("portal.js", `${nhsuk}/nhsuk-frontend.min.js`);
bundle("entry.js", "../node_modules/htmx.org/dist/htmx.min.js");

// The style sheet's own icons: only those it names, so that no logo comes along.
const icons = new Set([...css.matchAll(/images\/(nhsuk-icon-[a-z-]+\.svg)/g)].map((match) => match[1]));
icons.forEach((icon) => cpSync(here(`${nhsuk}/assets/images/${icon}`), `${output}images/${icon}`));

for (const name of ["nhsuk-frontend", "htmx"]) {
  cpSync(here(`${name}-LICENCE.txt`), `${output}${name}-LICENCE.txt`);
}

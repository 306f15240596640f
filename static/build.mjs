// Builds static/build/ (git-ignored) from static/scss and static/js: `npm run build`.
// One style sheet, one script, and the licence of what they contain; nothing else is served.
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

// The library and the portal's few lines become one module, so that one hashed file is enough.
const library = withoutMap(readFileSync(here(`${nhsuk}/nhsuk-frontend.min.js`), "utf8"));
const own = readFileSync(here("js/portal.js"), "utf8").replace(/^import .*;\n/m, "");
writeFileSync(`${output}portal.js`, `${library}\n${own}`);

// The style sheet's own icons: only those it names, so that no logo comes along.
const icons = new Set([...css.matchAll(/images\/(nhsuk-icon-[a-z-]+\.svg)/g)].map((match) => match[1]));
icons.forEach((icon) => cpSync(here(`${nhsuk}/assets/images/${icon}`), `${output}images/${icon}`));

cpSync(here("nhsuk-frontend-LICENCE.txt"), `${output}nhsuk-frontend-LICENCE.txt`);

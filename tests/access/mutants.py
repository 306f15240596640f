"""Takes away each guard of the portal, one at a time, and looks whether the tests notice.

    make mutants                         all of them, into var/mutants.md
    make mutants ARGS="--list"           only say what would be taken away
    make mutants ARGS="--only partners"  those whose file, line or code holds these words
    make mutants ARGS="--near"           without the last round, all of tests/access

Works in copies of the tree, one for each worker, so the tree itself stays as it is.
"""

import argparse
import ast
import os
import queue
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

ROOT = Path(__file__).parents[2]
APPS = ("accounts", "design_system", "jobs", "outcomes", "pages", "partners", "programmes",
        "reports", "slic_portal")  # fmt: skip
LEFT_OUT = {".venv", "node_modules", "var", ".git", "__pycache__", ".pytest_cache", ".mypy_cache"}
LINKED = (".venv", "node_modules")
HOLDS = {"holds", "has_permission", "has_perm", "signed_in_recently", "has_second_step"}
NARROWING = {"for_user", "in_force"}
BASES = {"RecentSignIn"}
GUARDING = re.compile(
    r"LoginRequired|SecondFactor|SessionLimits|CsrfView|KnownMethods|RecentSignIn|CountedAttempts"
)
ACCESS, ACTIONS = "tests/access", "tests/outcomes/test_permissions.py"
DOORS = f"{ACCESS}/test_doors.py"
ALSO = {"accounts": ["tests/security"], "slic_portal": ["tests/accounts", "tests/security"]}
WITHOUT_PEOPLE = ["--ignore=tests/outcomes/intake", "--ignore=tests/outcomes/statistics"]
LONGEST = 1200  # seconds for one selection of tests


@dataclass(frozen=True)
class Mutant:
    """One guard and what stands in its place when it is taken away."""

    path: str
    line: int
    start: int
    end: int
    guard: str
    instead: str

    @property
    def place(self) -> str:
        return f"{self.path}:{self.line}"

    def applied(self, source: bytes) -> bytes:
        return source[: self.start] + self.instead.encode() + source[self.end :]


@dataclass(frozen=True)
class Outcome:
    mutant: Mutant
    result: str
    by: str
    seconds: float


# --- Finding the guards --------------------------------------------------------------------------


def find(root: Path = ROOT) -> list[Mutant]:
    """Every guard in the source of the apps, in the order of files and lines."""
    found: dict[tuple[str, int, int], Mutant] = {}
    for app in APPS:
        for path in sorted((root / app).rglob("*.py")):
            if "migrations" in path.parts:
                continue
            source = path.read_bytes()
            name = str(path.relative_to(root))
            for node, instead in _guards(ast.parse(source), name):
                mutant = _mutant(name, source, node, instead)
                found.setdefault((name, mutant.start, mutant.end), mutant)
    return sorted(found.values(), key=lambda m: (m.path, m.start))


def _mutant(path: str, source: bytes, node: ast.expr | ast.stmt, instead: str) -> Mutant:
    starts = [0]
    for line in source.splitlines(keepends=True):
        starts.append(starts[-1] + len(line))
    start = starts[node.lineno - 1] + node.col_offset
    end = starts[node.end_lineno - 1] + node.end_col_offset
    guard = " ".join(source[start:end].decode().split())
    return Mutant(path, node.lineno, start, end, guard, instead)


def _guards(tree: ast.Module, path: str) -> Iterator[tuple[ast.expr | ast.stmt, str]]:
    """Each guard with the code that lets everybody pass."""
    core = path == "accounts/authorization.py"
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef):
            yield from _of_class(node)
        elif isinstance(node, ast.Expr) and _called(node.value) == "require":
            yield node, "pass"
        elif isinstance(node, ast.If):
            yield from _of_condition(node)
        elif isinstance(node, ast.Call):
            yield from _of_call(node, core)
        elif isinstance(node, ast.Assign) and path.endswith("settings.py"):
            yield from _of_settings(node)
        elif isinstance(node, ast.FunctionDef) and core:
            yield from _of_authorization(node)
    if path == "accounts/reauthentication.py":
        yield from _of_names(tree, "GUARDED")


def _of_class(node: ast.ClassDef) -> Iterator[tuple[ast.expr | ast.stmt, str]]:
    for line in node.body:
        if isinstance(line, ast.Assign) and ast.unparse(line.targets[0]) == "permission_required":
            yield line.value, "()"
    for base in node.bases:
        if ast.unparse(base) in BASES:
            yield base, 'getattr(__import__("tests.access.mutants").access.mutants, "Nothing")'


def _of_condition(node: ast.If) -> Iterator[tuple[ast.expr, str]]:
    """`if …: raise PermissionDenied`, and a 404 that depends on who asks."""
    for line in node.body:
        if isinstance(line, ast.Raise) and line.exc is not None:
            raised, test = ast.unparse(line.exc), ast.unparse(node.test)
            about_people = re.search(r"user|perm|holds|editor", test)
            if "PermissionDenied" in raised or ("Http404" in raised and about_people):
                yield node.test, "False"


def _of_call(node: ast.Call, core: bool) -> Iterator[tuple[ast.expr, str]]:
    name = _called(node)
    if name in NARROWING and isinstance(node.func, ast.Attribute):
        rows = ast.unparse(node.func.value)
        if name == "for_user" or re.search("membership|role", rows, re.IGNORECASE):
            yield node, f"{rows}.all()"
    elif name in HOLDS and (node.args or name == "has_permission") and not core:
        yield node, "True"
    elif name == "organisation_ids" and not core:
        yield node, "None"
    for argument in node.args:
        if isinstance(argument, ast.Name) and argument.id == "editors_only":
            yield argument, "(lambda view: view)"


def _of_settings(node: ast.Assign) -> Iterator[tuple[ast.expr, str]]:
    if ast.unparse(node.targets[0]) == "MIDDLEWARE" and isinstance(node.value, ast.List):
        for entry in node.value.elts:
            if GUARDING.search(ast.unparse(entry)):
                yield entry, '"tests.access.mutants.nothing"'


def _of_authorization(node: ast.FunctionDef) -> Iterator[tuple[ast.expr, str]]:
    """The heart of it: what somebody holds, and where."""
    for line in ast.walk(node):
        if isinstance(line, ast.UnaryOp) and "is_active" in ast.unparse(line):
            yield line, "False"
        elif node.name == "holds" and isinstance(line, ast.BoolOp):
            yield line, "bool(held)"
        elif node.name == "require" and isinstance(line, ast.If):
            yield line.test, "False"
        elif node.name == "predicate" and isinstance(line, ast.Return):
            yield line.value, "user.is_authenticated"


def _of_names(tree: ast.Module, target: str) -> Iterator[tuple[ast.expr, str]]:
    for node in tree.body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == target:
            for entry in getattr(node.value, "elts", []):
                yield entry, '"nothing"'


def _called(node: ast.expr) -> str:
    if not isinstance(node, ast.Call):
        return ""
    function = node.func
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def nothing(get_response):
    """A middleware that does nothing, in the place of one that was taken away."""
    return get_response


class Nothing:
    """A base of a class that does nothing, in the place of one that was taken away."""


# --- Trying them ---------------------------------------------------------------------------------


def selections(path: str) -> list[list[str]]:
    """Which tests to run for a guard in that file, round by round; the first to fail is enough.

    The tests of the same name, the doors and all other tests of its app, and all of access.
    """
    app, *parts = path.removesuffix(".py").split("/")
    folders = [t for t in (f"tests/{app}", *ALSO.get(app, [])) if (ROOT / t).is_dir()]
    found = {f for part in parts for f in (ROOT / "tests" / app).glob(f"test_{part}*.py")}
    named = sorted(str(file.relative_to(ROOT)) for file in found)
    if "/actions/" in path and app in ("outcomes", "reports"):
        named = [ACTIONS]
    elif "/selectors/" in path and app == "outcomes":
        named.append(ACTIONS)  # what actions ask before they write
    spread_out = app in ("accounts", "slic_portal", "pages", "design_system")
    doors = [DOORS, "-k", "not editor" if spread_out else f"test_doors and {app}"]
    own = [*folders, *WITHOUT_PEOPLE]
    # The doors of all apps take long: of those that have no doors of their own, tests come first.
    near = [named, own, doors] if spread_out else [named, doors, own]
    return [tests for tests in (*near, [ACTIONS, ACCESS, *own]) if tests]


def pytest_collection_modifyitems(config, items) -> None:
    """As a plugin of pytest: leaves out tests that commit. They leave an empty database behind, in
    which the next guard's tests would fail for that reason alone."""
    commits = {i for i in items for mark in i.iter_markers("django_db") if mark.kwargs}
    config.hook.pytest_deselected(items=list(commits))
    items[:] = [item for item in items if item not in commits]


class Worker:
    """A copy of the tree with a database and a Redis number of its own."""

    def __init__(self, number: int, folder: Path) -> None:
        self.tree = folder / f"tree{number}"
        shutil.copytree(ROOT, self.tree, ignore=lambda _, names: LEFT_OUT & set(names))
        for name in LINKED:
            (self.tree / name).symlink_to(ROOT / name)
        database = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/mutants{number}")
        redis = urlsplit(os.environ["REDIS_URL"])._replace(path=f"/{number}")
        self.environment = os.environ | {
            "DATABASE_URL": database.geturl(),
            "REDIS_URL": redis.geturl(),
            "VAR_DIR": str(folder / f"var{number}"),
            "PYTHONDONTWRITEBYTECODE": "",  # all but the changed module is compiled once
        }
        self.writes = 0

    def run(self, tests: list[str], *options: str) -> tuple[str, str]:
        """Whether tests failed (killed), passed (survived) or could not run (broken); and which."""
        pytest = [sys.executable, "-m", "pytest", "-q", "-x", "--tb=line"]
        kinds = ["-p", "no:cacheprovider", "-p", __spec__.name, "-m", "not browser and not shared"]
        command = [*pytest, *kinds, *options, *tests]
        try:
            done = subprocess.run(
                command, cwd=self.tree, env=self.environment, capture_output=True, text=True,
                timeout=LONGEST,
            )  # fmt: skip
        except subprocess.TimeoutExpired:
            return "broken", "no answer in time"
        if done.returncode == 0:
            return "survived", ""
        # Only a test that failed has noticed: one whose world could not be made proves nothing.
        failed = re.search(r"^FAILED (.+?)(?: - .*)?$", done.stdout, re.MULTILINE)
        by = failed[1] if failed else (done.stdout + done.stderr).strip()[-200:]
        return ("killed" if failed else "broken"), " ".join(by.split())

    def write(self, path: str, content: bytes) -> None:
        """Later than before, so that Python never takes the compiled file of another content."""
        self.writes += 1
        (self.tree / path).write_bytes(content)
        moment = time.time() + self.writes
        os.utime(self.tree / path, (moment, moment))

    def try_out(self, mutant: Mutant, near: bool) -> Outcome:
        begun = time.monotonic()
        source = (self.tree / mutant.path).read_bytes()
        self.write(mutant.path, mutant.applied(source))
        try:
            for tests in selections(mutant.path)[: -1 if near else None]:
                result, by = self.run(tests, "--reuse-db")
                if result != "survived":
                    break
        finally:
            self.write(mutant.path, source)
        return Outcome(mutant, result, by, time.monotonic() - begun)


def work(mutants: Iterable[Mutant], workers: list[Worker], near: bool, out: Path) -> list[Outcome]:
    """Tries them all and writes the report after each, so that a run cut short leaves one, too."""
    waiting: queue.SimpleQueue[Mutant] = queue.SimpleQueue()
    for mutant in mutants:
        waiting.put(mutant)
    done: list[Outcome] = []
    lock = threading.Lock()

    def go(worker: Worker) -> None:
        while True:
            try:
                mutant = waiting.get_nowait()
            except queue.Empty:
                return
            outcome = worker.try_out(mutant, near)
            with lock:
                done.append(outcome)
                out.write_text(report(sorted(done, key=_place)))
            print(f"{outcome.result:9} {outcome.seconds:4.0f} s  {mutant.place}", flush=True)

    threads = [threading.Thread(target=go, args=[worker]) for worker in workers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return done


def _place(outcome: Outcome) -> tuple[str, int]:
    return outcome.mutant.path, outcome.mutant.start


def baseline(worker: Worker) -> str:
    """Makes the worker's database and sees that the doors are as they should be to begin with."""
    doors = [f"{ACCESS}/test_doors.py", ACTIONS, "-k", "not editor and not names"]
    result, by = worker.run(doors, "--create-db", "--reuse-db")
    return "" if result == "survived" else by


def report(outcomes: list[Outcome]) -> str:
    killed = [outcome for outcome in outcomes if outcome.result == "killed"]
    kinds = Counter("/".join(outcome.by.split("/")[:2]) for outcome in killed)
    by_kind = ", ".join(f"{count} by {kind}" for kind, count in kinds.most_common())
    rows = [
        f"| `{o.mutant.place}` | `{_cell(o.mutant.guard)}` | `{_cell(o.mutant.instead)}` "
        f"| {o.result} | {_cell(o.by) if o.result != 'survived' else ''} |"
        for o in outcomes
    ]
    head = "| Where | Guard | Instead | Result | Noticed by |\n|---|---|---|---|---|"
    return "\n".join(
        [
            f"{len(killed)} of {len(outcomes)} guards are missed when they are gone: {by_kind}.",
            "",
            head,
            *rows,
            "",
        ]
    )


def _cell(text: str) -> str:
    return text.replace("|", "\\|")[:120]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--list", action="store_true")
    parser.add_argument("--only", default="")
    parser.add_argument("--near", action="store_true")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--out", type=Path, default=ROOT / "var" / "mutants.md")
    options = parser.parse_args()
    mutants = [m for m in find() if options.only in f"{m.place} {m.guard}"]
    if options.list:
        for mutant in mutants:
            print(f"{mutant.place}  {mutant.guard}  →  {mutant.instead}")
        print(len(mutants))
        return 0
    begun = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="mutants") as folder:
        workers = [Worker(number, Path(folder)) for number in range(1, options.workers + 1)]
        with ThreadPoolExecutor() as side_by_side:
            faults = list(side_by_side.map(baseline, workers))
        if fault := next(filter(None, faults), ""):
            print(f"The tests fail with every guard in place: {fault}", file=sys.stderr)
            return 2
        options.out.parent.mkdir(exist_ok=True)
        outcomes = work(mutants, workers, options.near, options.out)
    print(f"{options.out}: {len(outcomes)} guards, {(time.monotonic() - begun) / 60:.0f} minutes")
    return int(any(outcome.result != "killed" for outcome in outcomes))


if __name__ == "__main__":
    sys.exit(main())

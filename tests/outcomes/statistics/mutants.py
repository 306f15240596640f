"""Changes one thing in a statistic, such as < into <=, and looks whether its tests notice.

    .venv/bin/python -m tests.outcomes.statistics.mutants                all changes: an hour or two
    .venv/bin/python -m tests.outcomes.statistics.mutants --each 30      that many of each module
    .venv/bin/python -m tests.outcomes.statistics.mutants --only trend   of one module

Nothing is written: each change lives in a child of this process, which has loaded the libraries
already, so that a change costs little more than its tests. That is why this is not mutmut or
cosmic-ray, which start Python and run the tests of the whole portal for each. docs/methods.md has
what was found.
"""

import argparse
import ast
import copy
import importlib.util
import os
import random
import signal
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
HERE = "tests/outcomes/statistics"
CHARTS = ("test_spc", "test_spc_vectors")
TESTS = {
    "spc": CHARTS,
    "groups": CHARTS,
    "signals": CHARTS,
    "intervals": ("test_intervals", "test_indicator_vectors"),
    "standardisation": ("test_standardisation", "test_indicator_vectors"),
    "quantiles": ("test_quantiles", "test_indicator_vectors"),
    "inequality": ("test_inequality", "test_indicator_vectors"),
    "trend": ("test_trend", "test_indicator_vectors"),
    "gaps": ("test_gaps",),
    "disclosure": ("test_disclosure",),
    "protection": ("test_protection",),
}
LONGEST = 240  # seconds for the tests of one change; what takes longer was noticed, too

COMPARED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq, ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.In: ast.NotIn, ast.NotIn: ast.In,
}  # fmt: skip
WORKED_OUT: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div, ast.Div: ast.Mult,
    ast.FloorDiv: ast.Mult, ast.Mod: ast.Mult, ast.Pow: ast.Mult, ast.BitAnd: ast.BitOr,
    ast.BitOr: ast.BitAnd,
}  # fmt: skip


@dataclass(frozen=True)
class Mutant:
    """A module with one change."""

    module: str
    line: int
    before: str
    after: str
    source: str

    def __str__(self) -> str:
        return f"{self.module}.py:{self.line}  {self.before}  →  {self.after}"


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--each", type=int, default=0, help="at most so many of each module")
    options.add_argument("--only", nargs="*", default=list(TESTS), choices=list(TESTS))
    chosen = options.parse_args()
    _load()
    lived, tried = 0, 0
    for module in chosen.only:
        mutants = list(find(module))
        if chosen.each and len(mutants) > chosen.each:
            chance = random.Random(module)  # noqa: S311 (the same ones each time)
            mutants = sorted(chance.sample(mutants, chosen.each), key=lambda m: m.line)
        if not _passes(None, module):
            print(f"{module}: its tests fail without any change")
            return 1
        survivors = [mutant for mutant in mutants if _passes(mutant, module)]
        lived, tried = lived + len(survivors), tried + len(mutants)
        print(f"{module}: {len(mutants) - len(survivors)} of {len(mutants)} noticed", flush=True)
        for mutant in survivors:
            print(f"    {mutant}", flush=True)
    print(f"In all {tried - lived} of {tried}")
    return 0


def _load() -> None:
    """Imports once what every child needs."""
    sys.path.insert(0, str(ROOT))
    os.chdir(ROOT)
    for name in ("hypothesis", "numpy", "pytest", "scipy.optimize", "scipy.special"):
        importlib.import_module(name)


def _passes(mutant: Mutant | None, module: str) -> bool:
    """Whether all tests of the module pass, in a child, in which the change has been made."""
    child = os.fork()
    if child == 0:
        os.setsid()
        _run(mutant, module)
    begun = time.monotonic()
    while time.monotonic() - begun < LONGEST:
        done, status = os.waitpid(child, os.WNOHANG)
        if done:
            return os.waitstatus_to_exitcode(status) == 0
        time.sleep(0.02)
    os.killpg(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return False


def _run(mutant: Mutant | None, module: str) -> None:
    """Never returns."""
    import pytest

    silent = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silent, 1)
    os.dup2(silent, 2)
    result = 1
    try:
        if mutant:
            _put(mutant)
        files = [f"{HERE}/{name}.py" for name in TESTS[module]]
        plain = ["--noconftest", "-c", os.devnull, "--rootdir", str(ROOT), "-m", "not shared"]
        result = int(pytest.main([*files, *plain, "-xq", "-p", "no:cacheprovider"]))
    finally:
        os._exit(result)


def _put(mutant: Mutant) -> None:
    name = f"outcomes.statistics.{mutant.module}"
    spec = importlib.util.spec_from_loader(name, loader=None)
    assert spec is not None
    module = importlib.util.module_from_spec(spec)
    parent = importlib.import_module("outcomes.statistics")
    sys.modules[name] = module
    setattr(parent, mutant.module, module)
    exec(compile(mutant.source, f"{mutant.module}.py", "exec"), module.__dict__)  # noqa: S102


# --- Finding what can be changed -----------------------------------------------------------------


def find(module: str) -> Iterator[Mutant]:
    tree = ast.parse((ROOT / "outcomes" / "statistics" / f"{module}.py").read_text())
    _forget_types(tree)
    left_alone = set(_guards_against_slips(tree))
    for number, node in enumerate(ast.walk(tree)):
        if node in left_alone:
            continue
        for variant in range(len(list(_variants(node)))):
            changed = copy.deepcopy(tree)
            place = next(n for i, n in enumerate(ast.walk(changed)) if i == number)
            instead = list(_variants(place))[variant]
            _replace(changed, place, instead)
            source = ast.unparse(ast.fix_missing_locations(changed))
            yield Mutant(module, node.lineno, ast.unparse(node), ast.unparse(instead), source)


def _forget_types(tree: ast.Module) -> None:
    """Takes annotations away, which no test could notice."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            node.returns = None
            for argument in [*node.args.args, *node.args.kwonlyargs]:
                argument.annotation = None
        if isinstance(node, ast.AnnAssign):
            node.annotation = ast.Constant("x")


def _guards_against_slips(tree: ast.Module) -> Iterator[ast.AST]:
    """What only a mistake elsewhere would show: frozen dataclasses, and columns of equal length."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef):
            for decorator in node.decorator_list:
                yield from ast.walk(decorator)
        if isinstance(node, ast.Call):
            yield from (word.value for word in node.keywords if word.arg == "strict")


def _variants(node: ast.AST) -> Iterator[ast.expr]:
    """What may stand in place of an expression."""
    if isinstance(node, ast.Compare):
        for i, operator in enumerate(node.ops):
            ops = [*node.ops[:i], COMPARED[type(operator)](), *node.ops[i + 1 :]]
            yield ast.Compare(node.left, ops, node.comparators)
    elif isinstance(node, ast.BinOp) and type(node.op) in WORKED_OUT:
        yield ast.BinOp(node.left, WORKED_OUT[type(node.op)](), node.right)
    elif isinstance(node, ast.BoolOp):
        other = ast.And() if isinstance(node.op, ast.Or) else ast.Or()
        yield ast.BoolOp(other, node.values)
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, (ast.Not, ast.USub)):
        yield node.operand
    elif isinstance(node, ast.Constant) and isinstance(node.value, (bool, int, float)):
        value = node.value
        yield ast.Constant(not value if isinstance(value, bool) else value + 1)


def _replace(tree: ast.AST, old: ast.AST, new: ast.expr) -> None:
    for parent in ast.walk(tree):
        for name, value in ast.iter_fields(parent):
            if value is old:
                setattr(parent, name, new)
                return
            if isinstance(value, list) and any(one is old for one in value):
                value[:] = [new if one is old else one for one in value]
                return


if __name__ == "__main__":
    sys.exit(main())

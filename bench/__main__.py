"""Measures the portal beside peers and limits in one run: `make bench`, or `python -m bench`.

    make bench ARGS="--rows 20000 --series 1000"
    make bench ARGS="--stored 0 1000000 10000000"    (beside tables that hold much already)

Works in a database and a folder of its own, which are gone afterwards. Numbers are for reading:
nothing fails when they grow.
"""

import argparse
import os
import platform
import tempfile
from pathlib import Path

import django

NOTE = "“beside” is a simpler thing done in the same run; the ratio is this ÷ beside."

WORKBOOK_ROWS = 190_000  # nearly as many as a workbook may have
SERIES_ROWS = 100_000


def main() -> None:
    options = arguments()
    with tempfile.TemporaryDirectory() as folder:
        os.environ["VAR_DIR"] = folder  # files of the measured portal
        (Path(folder) / "static").mkdir()
        django.setup()
        measure(options)


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000, help="rows of the file sent")
    parser.add_argument(
        "--stored", type=int, nargs="+", default=[0], help="rows that are in the table already"
    )
    parser.add_argument(
        "--released", type=int, nargs="+", default=[50_000, 500_000], help="figures of a release"
    )
    parser.add_argument("--series", type=int, default=5_000, help="series charted")
    parser.add_argument("--points", type=int, default=60, help="points of each series")
    parser.add_argument("--repeats", type=int, default=40, help="pages and charts measured")
    return parser.parse_args()


def measure(options: argparse.Namespace) -> None:
    """Prints each row of the table as soon as it is known."""
    from bench import drawing, intake, page, releases, report, scale, spc
    from bench.portal import make_file, make_world, own_database
    from bench.timing import heading

    print(f"{os.cpu_count()} cores, Python {platform.python_version()}, {platform.system()}")
    print(f"{NOTE}\n\n{heading()}")
    print(drawing.measure(options.repeats))
    with own_database():
        print(spc.measure(options.series, options.points))
        world = make_world()
        for result in scale.measure(world, options.rows, options.stored):
            print(result)
        print(intake.measure_workbook(make_file(world, WORKBOOK_ROWS)))
        content = make_file(world, min(options.rows, SERIES_ROWS))
        print(intake.measure_reading(content))
        intake.store(world, content)
        print(intake.measure_series(world))
        print(page.measure(world, options.repeats))
        print(report.measure(world))
        for result in releases.measure(world, options.released):
            print(result)


if __name__ == "__main__":
    main()

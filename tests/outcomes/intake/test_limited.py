"""The process of its own: what happens in it stays in it."""

import random

import pytest

from outcomes.intake import limited
from outcomes.intake.readers import Limits, Unreadable
from tests.outcomes.intake.files import HEADER, TIDY, ods, workbook

GIB = 1024**3
PROFILES = [{"id": 7, "mapping": TIDY}]
ROWS = 500_000


def run(path, folder, *, memory=GIB, seconds=60, **options):
    work = folder / "work"
    work.mkdir(exist_ok=True)
    return limited.extract(
        path, PROFILES, work, memory_bytes=memory, cpu_seconds=seconds, **options
    )


def test_outcome_and_cells_come_back(tmp_path):
    path = tmp_path / "file.csv"
    path.write_text(f"{HEADER}\n2025-04-01,RJ1,5\n2025-05-01,RJ1,x\n")
    outcome, cells = run(path, tmp_path)
    assert (outcome["profile"], outcome["rows_read"], outcome["cells"]) == (7, 2, 1)
    assert set(outcome["problems"][0]) == {"row", "column", "value", "message"}
    assert cells.read_bytes() == b"2,RJ1,,,2025-04-01,visits,5,,\r\n"


def test_look_comes_back_too(tmp_path):
    path = tmp_path / "file.csv"
    path.write_text(f"{HEADER}\n2025-04-01,RJ1,5\n")
    seen = limited.look(path, PROFILES, tmp_path, memory_bytes=GIB, cpu_seconds=60)
    assert seen["rows"][1] == ["2025-04-01", "RJ1", "5"]


def test_refusal_is_raised_with_its_sentence(tmp_path):
    path = tmp_path / "file.csv"
    path.write_text("")
    with pytest.raises(Unreadable, match="The file is empty"):
        run(path, tmp_path)


def test_memory_stays_flat_however_long_the_file_is(tmp_path):
    """The rows of this file would need more than 96 MB if they were kept."""
    path = tmp_path / "long.csv"
    with path.open("w") as file:
        file.write(f"{HEADER}\n")
        file.writelines(f"2025-04-01,R{n % 900},{n}\n" for n in range(ROWS))
    outcome, _ = run(path, tmp_path, memory=96 * 1024**2, limits=Limits(text_rows=ROWS + 1))
    assert outcome["rows_read"] == ROWS


@pytest.mark.parametrize("memory", [12 * 1024**2, 16 * 1024**2])
def test_too_little_memory_ends_the_process_alone(tmp_path, memory):
    path = tmp_path / "file.xlsx"
    path.write_bytes(workbook("<sheetData/>"))
    with pytest.raises(Unreadable, match="more memory or time"):
        run(path, tmp_path, memory=memory)


def test_rows_repeated_a_thousand_million_times_cost_no_more_than_is_allowed(tmp_path):
    path = tmp_path / "file.ods"
    full = ods([["period", "org", "visits"], ["2025-04-01", "RJ1", 5]])
    path.write_bytes(full)
    outcome, _ = run(path, tmp_path)
    assert outcome["rows_read"] == 1
    repeated = ods([["period"] * 150] * 3, repeat=' table:number-columns-repeated="190"')
    path.write_bytes(repeated)
    with pytest.raises(Unreadable):
        run(path, tmp_path, memory=200 * 1024**2)


@pytest.mark.shared
@pytest.mark.parametrize("seed", range(8))
def test_damaged_xls_never_harms_the_parent(shared, tmp_path, seed):
    """XLS has no table of contents to look at first: the process is the only guard."""
    chance = random.Random(seed)  # noqa: S311 (not a secret)
    content = bytearray((shared / "data/messy/ONS_Monthly2012Mortality.xls").read_bytes())
    del content[chance.randrange(len(content) // 2, len(content) * 2) :]
    for _ in range(20):
        content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
    path = tmp_path / "file.xls"
    path.write_bytes(content)
    try:
        outcome, _ = run(path, tmp_path)
        assert outcome["rows_read"]
    except Unreadable as refusal:
        assert str(refusal).endswith(".")

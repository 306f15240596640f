from outcomes.intake.cells import Problem
from tests.outcomes.intake.files import HEADER, TIDY, read


def test_both_rows_of_a_repeated_figure_are_named(tmp_path):
    path = tmp_path / "file.csv"
    path.write_text(
        f"{HEADER}\n2025-04-01,RJ1,5\n2025-05-01,RJ1,5\n2025-04-01,rj1 ,6\n2025-04-01,RJ1,5\n"
    )
    outcome, cells = read(path, TIDY, find_duplicates=True)
    message = "This row gives the same figure as row 2. Keep one of them."
    assert [Problem(**problem) for problem in outcome["problems"]] == [
        Problem(4, "", "", message),
        Problem(5, "", "", message),
    ]
    assert (outcome["problem_count"], len(cells)) == (2, 4)
    assert read(path, TIDY)[0]["problems"] == []  # the database does it otherwise

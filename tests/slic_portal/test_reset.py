"""`make reset` deletes the portal's data, only after a yes, and nothing else."""

import io

import pytest

from slic_portal import reset
from slic_portal.run import only_one


@pytest.fixture
def var_dir(tmp_path, monkeypatch):
    """A folder with data of the portal, and something that somebody else put there."""
    folder = tmp_path / "var"
    for name in ("postgres/18/base", "private/uploads", "notes"):
        (folder / name).mkdir(parents=True)
    (folder / "secret_key").write_text("secret")
    monkeypatch.setenv("VAR_DIR", str(folder))
    monkeypatch.setattr(reset, "state_folder", lambda folder: folder)
    monkeypatch.setattr(reset, "in_use", lambda folder: False)
    return folder


def names(folder) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_reset_deletes_the_data_and_nothing_else(var_dir, capsys):
    assert reset.main(["--yes"]) == 0
    assert names(var_dir) - {"portal.lock"} == {"notes"}
    assert "All data are deleted." in capsys.readouterr().out


@pytest.mark.parametrize("answer", ["no\n", "y\n", "\n", ""])
def test_reset_deletes_nothing_without_a_yes(var_dir, monkeypatch, capsys, answer):
    monkeypatch.setattr("sys.stdin", io.StringIO(answer))
    before = names(var_dir)
    assert reset.main([]) == 0
    assert names(var_dir) == before
    assert "Nothing was deleted." in capsys.readouterr().out


def test_reset_asks_and_takes_yes(var_dir, monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO("Yes\n"))
    assert reset.main([]) == 0
    assert not (var_dir / "postgres").exists()


def test_reset_refuses_while_the_portal_runs(var_dir, capsys):
    with only_one(var_dir):
        assert reset.main(["--yes"]) == 1
    assert "already running" in capsys.readouterr().err
    assert (var_dir / "postgres").exists()


def test_reset_refuses_while_a_command_uses_the_data(var_dir, monkeypatch, capsys):
    monkeypatch.setattr(reset, "in_use", lambda folder: True)
    assert reset.main(["--yes"]) == 1
    assert "A command still uses the data" in capsys.readouterr().err
    assert (var_dir / "postgres").exists()

"""What the Makefile runs first: it must explain itself, and do nothing twice."""

import subprocess
import sys
from pathlib import Path

import pytest

from slic_portal.install import ROOT, Installation, InstallError, digest_of, refusal


@pytest.mark.parametrize("version", [(3, 11, 0), (3, 12), (3, 14, 1)])
def test_refusal_none_for_new_pythons(version):
    assert refusal(version) is None


def test_refusal_says_what_to_do():
    words = refusal((3, 9, 2))
    assert words.startswith("The portal needs Python 3.11 or newer, and this is Python 3.9.")
    assert "make run PYTHON=" in words


def test_old_python_ends_with_the_sentence_and_no_traceback():
    script = f"""
import runpy, sys
sys.version_info = (3, 8, 10)
runpy.run_path({str(ROOT / "slic_portal" / "install.py")!r}, run_name="__main__")
"""
    result = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    assert result.returncode == 1
    assert result.stderr.strip() == refusal((3, 8))


def make(folder: Path) -> Installation:
    (folder / ".venv").mkdir()
    return Installation(folder)


def step(installation: Installation, source: Path, script: str) -> None:
    stamp = installation.venv / "a.stamp"
    installation.step(stamp, [source], "Doing it ...", [sys.executable, "-c", script])


def test_step_runs_again_only_when_its_inputs_change(tmp_path, capsys):
    installation = make(tmp_path)
    source = tmp_path / "lock"
    source.write_text("one")
    script = f"open({str(tmp_path / 'runs')!r}, 'a').write('x')"
    step(installation, source, script)
    step(installation, source, script)
    assert (tmp_path / "runs").read_text() == "x"
    source.write_text("two")
    step(installation, source, script)
    assert (tmp_path / "runs").read_text() == "xx"
    assert capsys.readouterr().out == "Doing it ...\n" * 2


def test_step_that_fails_says_what_to_do_and_is_tried_again(tmp_path):
    installation = make(tmp_path)
    source = tmp_path / "lock"
    source.write_text("one")
    with pytest.raises(InstallError, match="Check the network connection") as caught:
        step(installation, source, "raise SystemExit('no route to host')")
    assert str(installation.log) in str(caught.value)
    assert "no route to host" in installation.log.read_text()
    step(installation, source, "pass")
    assert (installation.venv / "a.stamp").read_text() == digest_of([source])


def test_a_linked_environment_is_refused_and_not_emptied(tmp_path):
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "venv.stamp").write_text("/another/folder 3.11")
    installation = Installation(tmp_path)
    installation.venv.symlink_to(elsewhere)
    with pytest.raises(InstallError, match="Delete the link"):
        installation.make_venv()
    assert (elsewhere / "venv.stamp").exists()


def test_digest_depends_on_name_and_content(tmp_path):
    first, second = tmp_path / "a", tmp_path / "b"
    first.write_text("same")
    second.write_text("same")
    assert digest_of([first]) != digest_of([second])
    before = digest_of([first])
    first.write_text("other")
    assert digest_of([first]) != before


def test_style_sources_leave_out_what_is_built(tmp_path):
    for name in ("scss/main.scss", "build/main.css", "js/a.js"):
        path = tmp_path / "static" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x")
    names = [path.name for path in Installation(tmp_path).style_sources()]
    assert names == ["a.js", "main.scss"]

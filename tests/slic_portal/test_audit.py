"""`make audit` fails for known weaknesses, and says when it could look at nothing."""

import sys

from slic_portal import audit

NODE_TOTAL = {"dependencies": {"total": 30}}


def python(**package):
    return audit.python_outcome({"dependencies": [{"name": "x", "version": "1.0", **package}]})


def test_known_weakness_of_a_python_package_fails():
    outcome = python(vulns=[{"id": "PYSEC-1", "fix_versions": ["1.1"]}])
    assert outcome.found
    assert "x 1.0: PYSEC-1 (cured in 1.1)" in outcome.sentence


def test_python_package_without_weakness_passes():
    assert python(vulns=[]) == audit.Outcome("Python packages: 1 audited, no weakness is known.")


def test_python_package_that_was_skipped_is_said():
    outcome = python(skip_reason="Dependency not found on PyPI")
    assert not outcome.found
    assert "1 of 1 were NOT audited" in outcome.sentence


def test_known_weakness_of_a_node_package_fails():
    outcome = audit.node_outcome({"vulnerabilities": {"x": {"severity": "high"}}})
    assert outcome.found
    assert "x: high" in outcome.sentence


def test_node_packages_without_weakness_pass():
    outcome = audit.node_outcome({"vulnerabilities": {}, "metadata": NODE_TOTAL})
    assert outcome == audit.Outcome("Node packages: 30 audited, no weakness is known.")


def test_node_data_out_of_reach_are_said():
    outcome = audit.node_outcome({"message": "405 Method Not Allowed", "error": {}})
    assert not outcome.found
    assert "NOT audited" in outcome.sentence


def test_auditor_that_hangs_or_babbles_stops_nothing(monkeypatch):
    monkeypatch.setattr(audit, "SECONDS", 0.2)
    hanging = [sys.executable, "-c", "import threading; threading.Event().wait(60)"]
    for command in (hanging, [sys.executable, "-c", "print('no JSON')"], ["/nowhere"]):
        outcome = audit.ask(command, audit.node_outcome, "Node")
        assert not outcome.found
        assert "Node packages were NOT audited" in outcome.sentence


def test_report_fails_when_one_of_them_found_something(capsys):
    nothing, found = audit.Outcome("none"), audit.Outcome("some", found=True)
    assert audit.report([nothing]) == 0
    assert audit.report([nothing, found]) == 1
    assert capsys.readouterr().out == "none\nnone\nsome\n"

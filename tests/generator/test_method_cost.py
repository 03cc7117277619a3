"""A method of a generated interface stays within its budget of code."""

from __future__ import annotations

import subprocess

from paths import ROOT


def test_a_method_takes_no_more_code_than_its_budget() -> None:
    cost = subprocess.run(
        [ROOT / "tests/generator/cost", "--bytes"],
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    assert cost.returncode == 0, cost.stdout

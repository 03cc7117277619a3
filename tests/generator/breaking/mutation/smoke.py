"""A few pairs of what `run` tries, for build/test: in gcc's variant, whose library they take."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from .experiment import Experiment


@pytest.mark.skipif(
    Path(os.environ.get("IPC_OUT_DIR", "gcc")).name != "gcc", reason="compiles for gcc alone"
)
def test_what_is_said_of_random_changes_is_what_happens(tmp_path: Path):
    experiment = Experiment(seed=11, folder=tmp_path, messages=40)

    experiment.batch(8)

    assert experiment.tally.missed + experiment.tally.strict == []
    assert experiment.tally.lost > 0 and experiment.tally.arrived > 0

"""A short measurement of each kind ends well, and leaves nothing behind."""

from __future__ import annotations

import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

import pytest

from runner import cell
from runner.cell import CellFailed, Length
from runner.placements import Placement
from runner.subjects import Ability, abilities
from runner.works import WORKS, find

OUT = Path(os.environ.get("IPC_OUT_DIR", "out/gcc"))
FREE = Placement("free", "where the kernel likes", -1, -1)
SHORT = Length(measured=0.01, warm_up=0.002)
# One for each way to start a process and to wait; the others differ in what they call.
SUBJECTS = ("limit-ring", "uds", "ours-inproc-typed", "ours-inproc-untyped", "ours-inproc-sync")


@pytest.fixture(scope="module")
def present() -> dict[str, Ability]:
    return abilities(OUT)[0]


@pytest.mark.parametrize("work", WORKS, ids=lambda work: work.name)
@pytest.mark.parametrize("subject", SUBJECTS)
def test_measures(present: dict[str, Ability], subject: str, work) -> None:
    if present[subject].refuses(work.pattern, work.is_large):
        pytest.skip("not a work of this subject")

    found = cell.run(work, present[subject], subject, FREE, SHORT)

    assert found.count > 0
    assert found.per_second > 0
    assert 0 <= found.fairness <= 1
    assert (found.quantiles_ns[0] is None) == (work.pattern == "one-way")


def test_a_process_that_ends_fails_its_cell_and_says_why(present: dict[str, Ability]) -> None:
    w1 = find("W1")
    ability = present["uds"]

    with pytest.raises(CellFailed, match="no subject nobody"):
        cell.run(w1, ability, "nobody", FREE, SHORT)


def test_nothing_is_left_behind(
    present: dict[str, Ability], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    folder = tmp_path / "cell"
    folder.mkdir()
    monkeypatch.setattr(cell.tempfile, "mkdtemp", lambda **_: str(folder))

    cell.run(find("W5"), present["pipe"], "pipe", FREE, SHORT)

    assert not folder.exists()
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)

"""What build/bench says of fixed figures, as text, JSON and SVG, is what goldens/ holds.

`/usr/bin/python3 tests/bench/report_test.py` writes the goldens anew, for reading the difference.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

import pytest

from runner import costs, document, goals, growth, histogram, machine, micro, plots, results, table
from runner.cell import Measured
from runner.document import Run
from runner.placements import Placement
from runner.results import Row
from runner.subjects import SUBJECTS, Ability
from runner.plan import make_plan, may_repeat
from runner.works import WORKS, Work, find

SPLIT = Placement("split", "main on one core, renderers on another", 0, 1)
GOLDENS = HERE / "goldens"


def measured(p50_ns: float | None, per_second: float, fairness: float = 1.0) -> Measured:
    return Measured(
        count=1000,
        per_second=per_second,
        quantiles_ns=(p50_ns, p50_ns and 2 * p50_ns, p50_ns and 10 * p50_ns),
        fairness=fairness,
        cpu_ns=5_000_000,
        switches=2_000,
        first_answer_ns=12_345_678,
        main_bytes=40 * 1024,
        renderer_bytes=1_900 * 1024,
    )


def rows_of(name: str, figures: dict[str, list[Measured]]) -> list[Row]:
    work = work_of(name)
    made = [results.make_row(work, who, "split", repeats) for who, repeats in figures.items()]
    return results.compare(work, made)


def work_of(name: str) -> Work:
    work = find(name)
    assert work is not None
    return work


def sample_rows() -> list[Row]:
    w1 = {
        "limit-ring": [measured(500, 1.9e6), measured(550, 1.8e6), measured(600, 1.6e6)],
        "uds": [measured(55_000, 18e3)] * 3,
        "grpc-unary": [measured(102_000, 9.8e3)] * 3,
        "ours-shm-typed": [measured(1_210, 8e5), measured(990, 9e5), measured(1_000, 9e5)],
    }
    w3 = {"limit-ring": [measured(None, 40e6)], "ours-shm-typed": [measured(None, 4.5e6)]}
    w5 = {"uds": [measured(90_000, 8e4, 0.9)], "ours-shm-typed": [measured(1_500, 1.2e6, 0.61)]}
    w5x32 = {"uds": [measured(400_000, 8e4, 0.4)], "limit-ring": [measured(900, 2e6, 0.3)]}
    return [
        row
        for name, figures in (("W1", w1), ("W3", w3), ("W5", w5), ("W5x32", w5x32))
        for row in rows_of(name, figures)
    ]


def sample_run() -> Run:
    return Run(
        command="build/bench --works W1,W3,W5,W5x32",
        machine={"processors": 2, "model": "a processor", "kernel": "6.1", "load_before": 0.02},
        rows=sample_rows(),
        missing={"capnp": "libcapnp-dev is not installed; build/setup --bench installs it"},
        left_out=[("W3", "grpc-unary", "does not do one-way")],
        failed=[("W5", "pipe", "split", "a process has not come up")],
        micro=micro.to_rows(micro_report()),
    )


def micro_report() -> dict:
    times = {"encode/ours": 112.0, "encode/protobuf": 224.0, "decode/ours": 300.0}
    return {
        "benchmarks": [
            {
                "run_name": name,
                "aggregate_name": aggregate,
                "cpu_time": 0.02 if aggregate == "cv" else time,
                "bytes": 568.0,
            }
            for name, time in times.items()
            for aggregate in ("median", "cv")
        ]
    }


def tables() -> str:
    rows = sample_rows()
    parts = []
    for name in ("W1", "W3", "W5", "W5x32"):
        parts.append(table.render(work_of(name), SPLIT, [row for row in rows if row.work == name]))
    parts += [micro.render(micro.to_rows(micro_report())), costs.render(rows), goals.render(rows)]
    return "\n".join(parts)


def json_text() -> str:
    return json.dumps(document.to_json(sample_run()), indent=1) + "\n"


def plot() -> str:
    return plots.bars(work_of("W1"), "split", [row for row in sample_rows() if row.work == "W1"])


FILES: dict[str, Callable[[], str]] = {
    "tables.txt": tables,
    "run.json": json_text,
    "W1-split.svg": plot,
}


@pytest.mark.parametrize("name", FILES)
def test_shows_fixed_figures_as_the_golden_does(name: str) -> None:
    assert FILES[name]() == (GOLDENS / name).read_text()


def test_every_result_has_its_rate_and_its_ratios() -> None:
    found = document.to_json(sample_run())["results"]

    assert all(row["per_second"] > 0 for row in found)
    typed = next(row for row in found if row["subject"] == "ours-shm-typed" and row["work"] == "W1")
    assert typed["p50_ns"] == 1000
    assert typed["ratio_to"] == {"limit-ring": 1.8182, "uds": 0.0182, "grpc-unary": 0.0098}


def test_a_row_is_the_median_of_its_repeats_and_says_how_far_they_are_apart() -> None:
    repeats = [measured(100, 3.0), measured(110, 1.0), measured(400, 2.0)]

    row = results.make_row(work_of("W1"), "uds", "split", repeats)

    assert (row.p50_ns, row.per_second, row.repeats) == (110, 2.0, 3)
    assert row.spread == pytest.approx(300 / 110)


def test_works_without_round_trips_are_compared_by_what_is_done_in_a_second() -> None:
    rows = rows_of("W3", {"uds": [measured(None, 1e6)], "pipe": [measured(None, 4e6)]})

    assert rows[1].ratio_to == {"uds": 0.25}


def test_goals_are_judged_only_where_the_run_has_the_figures() -> None:
    judged = {(goal.work, goal.reference): goal.is_met(row) for goal, row in goals.judge(sample_rows())}

    assert judged == {
        ("W1", "limit-ring"): True,
        ("W1", "grpc-unary"): True,
        ("W3", ""): False,
        ("W5", ""): True,
    }


def test_a_subject_that_cannot_do_a_work_is_named() -> None:
    able = Ability(("bench",), frozenset({"round-trips"}), large=False)

    plan = make_plan([work_of("W1"), work_of("W3"), work_of("W4")], [SPLIT], ["uds"], {"uds": able})

    assert [cell.work.name for cell in plan.cells] == ["W1"]
    assert plan.left_out == (
        ("W3", "uds", "does not do one-way"),
        ("W4", "uds", "carries no large messages"),
    )


@pytest.mark.parametrize(
    ("done", "seconds", "fits"), [(0, 999, True), (1, 50, True), (1, 51, False), (2, 66, True), (2, 67, False)]
)
def test_a_repeat_begins_only_where_it_fits(done: int, seconds: float, fits: bool) -> None:
    assert may_repeat(done, seconds, most_seconds=100) == fits


def test_buckets_are_within_one_percent() -> None:
    bucket = 9 * 128 + 17  # 512 ns, and 17 of its 128th parts more: 580 to 584 ns

    assert histogram.quantile(Counter({bucket: 3}), 0.5) == pytest.approx(582)
    assert histogram.quantile(Counter(), 0.5) is None


def test_quantiles_are_of_all_histograms_together() -> None:
    merged = histogram.merge([[(1280, 49), (1408, 1)], [(1280, 49), (1536, 1)]])

    assert histogram.quantile(merged, 0.5) == pytest.approx(1024, rel=0.01)
    assert histogram.quantile(merged, 0.99) == pytest.approx(2048, rel=0.01)
    assert histogram.quantile(merged, 0.999) == pytest.approx(4096, rel=0.01)


def test_any_number_of_renderers_makes_a_work() -> None:
    assert work_of("W5x3").renderers == 3
    assert find("W5x0") is None
    assert find("W9") is None


@pytest.mark.parametrize(("load", "warns"), [(0.5, False), (0.51, True)])
def test_a_busy_machine_is_told_of(load: float, warns: bool) -> None:
    said = machine.warning({"processors": 2, "load_before": load})

    assert bool(said) == warns
    assert not warns or "0.51" in said


def test_growth_is_shown_of_three_counts_or_more() -> None:
    rows = [
        row
        for name in ("W5x1", "W5", "W5x64")
        for row in rows_of(name, {"uds": [measured(9e4, 1e4 * work_of(name).renderers)]})
    ]

    assert growth.render(rows[:2]) == ""
    assert growth.render(rows).splitlines()[1:] == [
        "renderers         1         8       64",
        "uds        10.0 k/s  80.0 k/s  640 k/s",
        "             40 KiB    40 KiB   40 KiB",
    ]


def test_names_are_used_once() -> None:
    for names in ([work.name for work in WORKS], [subject.name for subject in SUBJECTS]):
        assert len(names) == len(set(names))


@pytest.mark.parametrize(
    ("ns", "text"),
    [(None, "-"), (0.8, "0.80 ns"), (415, "415 ns"), (999.9, "1.00 us"), (39_240, "39.2 us"), (4.3e9, "4.30 s")],
)
def test_durations_have_three_digits(ns: float | None, text: str) -> None:
    assert table.duration(ns) == text


@pytest.mark.parametrize(
    ("times", "text"), [(1, "1.00 x"), (2.84, "2.84 x"), (9.97, "10 x"), (0.5, "0.50 x"), (0.025, "1/40 x")]
)
def test_small_ratios_are_fractions(times: float, text: str) -> None:
    assert table.ratio(times) == text


def write_goldens() -> None:
    for name, make in FILES.items():
        (GOLDENS / name).write_text(make())


if __name__ == "__main__":
    write_goldens()

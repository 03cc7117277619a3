"""The codec and JSON, each beside others on the same document, in one program and interleaved."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

from runner.table import columns, duration, ratio

_OURS = "ours"
_PROGRAM = "bench_micro"
# Who may be left out of the program, for want of a package.
_OTHERS = {
    "encode": ("protobuf", "capnp"),
    "decode": ("protobuf", "capnp"),
    "json-read": ("nlohmann", "boost"),
    "json-write": ("nlohmann", "boost"),
}
_PACKAGES = {
    "capnp": "libcapnp-dev",
    "nlohmann": "nlohmann-json3-dev",
    "boost": "libboost-json1.81-dev",
}

Rows = list[dict[str, object]]


def run(out: Path, *, quick: bool) -> Rows:
    command = [
        str(out / "tests" / _PROGRAM),
        "--benchmark_format=json",
        "--benchmark_report_aggregates_only=true",
        "--benchmark_enable_random_interleaving=true",
        f"--benchmark_repetitions={2 if quick else 7}",
        f"--benchmark_min_time={0.02 if quick else 0.1}",
    ]
    said = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=True)
    return to_rows(json.loads(said.stdout))


def to_rows(report: dict) -> Rows:
    """Google Benchmark's report: names are WORK/SUBJECT."""
    found: dict[tuple[str, str], dict[str, dict]] = {}
    for row in report["benchmarks"]:
        work, _, subject = row["run_name"].partition("/")
        found.setdefault((work, subject), {})[row["aggregate_name"]] = row
    medians = {key: by["median"]["cpu_time"] for key, by in found.items()}
    rows: Rows = []
    for (work, subject), by in found.items():
        row: dict[str, object] = {
            "work": work,
            "subject": subject,
            "ns": round(medians[work, subject], 1),
            "per_second": round(1e9 / medians[work, subject]),
            "spread": round(by["cv"]["cpu_time"], 4),
            "bytes": round(by["median"].get("bytes", 0)),
        }
        others = [s for (w, s) in medians if w == work and s != subject]
        row["ratio_to"] = {
            other: round(medians[work, subject] / medians[work, other], 4) for other in others
        }
        rows.append(row)
    return rows


def missing(rows: Rows) -> dict[str, str]:
    """Whom the program was built without, and what to install."""
    present = {(row["work"], row["subject"]) for row in rows}
    return {
        f"{work} {other}": f"{_PACKAGES[other]} is not installed; build/setup --bench installs it"
        for work, others in _OTHERS.items()
        for other in others
        if (work, other) not in present
    }


def render(rows: Rows) -> str:
    lines = [["", "", "time", "spread", "bytes", "time of ours to it"]]
    for row in sorted(rows, key=lambda row: (_order(row["work"]), row["subject"] != _OURS)):
        ours = next(r for r in rows if r["work"] == row["work"] and r["subject"] == _OURS)
        against = ours["ratio_to"].get(row["subject"])
        lines.append(
            [
                row["work"],
                row["subject"],
                duration(row["ns"]),
                f"{row['spread']:.0%}",
                str(row["bytes"]),
                ratio(against) if against else "",
            ]
        )
    return "One document, in memory\n" + columns(lines)


def _order(work: object) -> int:
    return list(_OTHERS).index(str(work))

"""GoogleTest programs: how one is run, and what its JSON report says."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path

from testing.process import Ended
from testing.suite import Failure, Outcome, Suite

_STARTED = re.compile(r"^\[ RUN      \] (\S+)", re.MULTILINE)


def command(suite: Suite, out: Path, report: Path, only: str | None) -> list[str]:
    filters = [f"--gtest_filter=*{only}*"] if only else []
    return [
        str(out / suite.path),
        *suite.args,
        f"--gtest_output=json:{report}",
        "--gtest_color=no",
        *filters,
    ]


def outcome(suite: Suite, out: Path, report: Path, ended: Ended) -> Outcome:
    if not report.exists():
        return Outcome(suite.name, 0, (_crash(suite, out, ended),))
    passed = 0
    failures = []
    for group in json.loads(report.read_text(encoding="utf-8"))["testsuites"]:
        for case in group["testsuite"]:
            name = f"{group['name']}.{case['name']}"
            if found := case.get("failures"):
                message = "\n".join(failure["failure"] for failure in found)
                failures.append(Failure(name, message, _rerun(suite, out, name)))
            elif case["result"] == "COMPLETED":
                passed += 1
    if not ended.ok and not failures:
        # Every case passed and then the program did not end well: a leak, a race, an exit handler.
        failures.append(_crash(suite, out, ended))
    return Outcome(suite.name, passed, tuple(failures))


def _crash(suite: Suite, out: Path, ended: Ended) -> Failure:
    started = _STARTED.findall(ended.log.read_text(encoding="utf-8", errors="replace"))
    case = started[-1] if started else suite.name
    return Failure(case, f"{ended.how()}\n{ended.tail()}", _rerun(suite, out, case))


def _rerun(suite: Suite, out: Path, case: str) -> str:
    words = [str(out / suite.path), *suite.args]
    if case != suite.name:
        words.append(f"--gtest_filter={case}")
    return shlex.join(words)

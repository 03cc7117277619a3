"""Python suites: how pytest is run, and what its JUnit report says."""

from __future__ import annotations

import shlex
import xml.etree.ElementTree as ElementTree
from pathlib import Path

from testing.process import Ended
from testing.suite import Failure, Outcome, Suite

_PYTEST = ["/usr/bin/python3", "-B", "-m", "pytest"]


def command(suite: Suite, report: Path, only: str | None) -> list[str]:
    return [
        *_PYTEST,
        "--quiet",
        "--color=no",
        "-p",
        "no:cacheprovider",
        f"--junitxml={report}",
        *(["-k", only] if only else []),
        *suite.args,
        suite.path,
    ]


def outcome(suite: Suite, report: Path, ended: Ended) -> Outcome:
    rerun = shlex.join([*_PYTEST, *suite.args, suite.path])
    if not report.exists():
        return Outcome(suite.name, 0, (Failure(suite.name, f"{ended.how()}\n{ended.tail()}", rerun),))
    passed = 0
    failures = []
    for case in ElementTree.parse(report).iter("testcase"):
        name = case.attrib["name"]
        problem = case.find("failure")
        if problem is None:
            problem = case.find("error")
        if problem is not None:
            only = shlex.quote(name.partition("[")[0])
            failures.append(Failure(name, problem.text or "", f"{rerun} -k {only}"))
        elif case.find("skipped") is None:
            passed += 1
    return Outcome(suite.name, passed, tuple(failures))

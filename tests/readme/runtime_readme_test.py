"""runtime/README.md against the tree: the files, floors and limits that it names, and its example."""

import os
import pathlib
import re
import subprocess

ROOT = pathlib.Path(__file__).resolve().parents[2]
README = (ROOT / "runtime/README.md").read_text(encoding="utf-8")


def test_every_file_on_the_way_of_a_message_exists():
    files = set(re.findall(r"`([a-z_/]+/[a-z_]+\.(?:h|cc))`", README))

    missing = [name for name in sorted(files) if not (ROOT / "runtime" / name).is_file()]

    assert len(files) >= 8
    assert missing == []


def test_the_floors_are_those_that_the_build_enforces():
    gni = (ROOT / "build/floors.gni").read_text(encoding="utf-8")
    levels = re.findall(r"\[([^\[\]]+)\]", gni[gni.index("floors = [") + len("floors = ["):])
    enforced = [sorted(re.findall(r'"([^"]+)"', level)) for level in levels]

    rows = re.findall(r"^\| (\d+) \| ([^|]+) \|", README, flags=re.MULTILINE)
    drawn = {int(number): re.findall(r"`([a-z/]+)/`", folders) for number, folders in rows}

    assert [sorted(drawn[number]) for number in sorted(drawn)] == enforced


def test_the_limits_are_those_of_the_headers():
    number = {"16 << 20": "16 MiB", "64 << 20": "64 MiB", "8 << 20": "8 MiB", "64 << 10": "64 KiB",
              "4096": "4,096", "1024": "1,024", "65'536": "65,536", "1'000'000": "1,000,000",
              "5'000": "5 s", "30'000": "30 s"}
    declared = {}
    for header in ("wire/limits.h", "value/json_limits.h"):
        text = (ROOT / "runtime" / header).read_text(encoding="utf-8")
        for name, value in re.findall(r"^  [\w:]+ (\w+)(?: = |\{)([^;}]+)\}?;", text, re.MULTILINE):
            declared[name] = number.get(value, value)
    declared["hello_bytes"] = "4 KiB"

    told = {}
    section = README[README.index("## Limits"):]
    for names, defaults in re.findall(r"^\| (`[^|]+) \| ([^|]+) \|", section, re.MULTILINE):
        fields = re.findall(r"`(\w+)`", names)
        told |= dict(zip(fields, defaults.split(", "), strict=True))

    assert told == declared
    assert len(told) > 10


def test_the_example_compiles(tmp_path):
    [example] = re.findall(r"^```cpp\n(.*?)^```\n", README, re.MULTILINE | re.DOTALL)
    (tmp_path / "example.cc").write_text(example)
    generated = ROOT / os.environ["IPC_OUT_DIR"] / "gen"

    compiled = subprocess.run(
        ["g++", "-std=c++20", "-Wall", "-Wextra", "-Werror", "-fsyntax-only",
         f"-I{ROOT}", f"-I{generated}", "example.cc"],
        cwd=tmp_path, text=True, capture_output=True, timeout=100,
    )

    assert compiled.returncode == 0, compiled.stderr

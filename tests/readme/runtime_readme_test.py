"""runtime/README.md against the tree: the files that it names, and the floors that it draws."""

import pathlib
import re

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

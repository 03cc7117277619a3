"""What the backends keep of their templates."""

from __future__ import annotations

import sys

import pytest

from generator.backends.templates import environment


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    monkeypatch.setattr(sys, "pycache_prefix", None)
    (tmp_path / "greeting.j2").write_text("hello {{ view }}")
    return tmp_path


def rendered(folder, view: str = "you") -> str:
    environment.cache_clear()  # as the next run
    return environment(folder).get_template("greeting.j2").render(view=view)


def kept(folder) -> list[str]:
    return [path.name for path in folder.glob("__pycache__/*")]


def test_compiled_template_is_kept_and_read_again(folder):
    assert rendered(folder) == "hello you"
    assert len(kept(folder)) == 1
    assert rendered(folder, "again") == "hello again"
    assert len(kept(folder)) == 1


def test_changed_template_is_compiled_again(folder):
    rendered(folder)

    (folder / "greeting.j2").write_text("bye {{ view }}")

    assert rendered(folder) == "bye you"


def test_damaged_file_is_compiled_again(folder):
    rendered(folder)

    (only,) = folder.glob("__pycache__/*")
    only.write_bytes(only.read_bytes()[:-20])

    assert rendered(folder) == "hello you"


def test_nothing_is_kept_when_python_keeps_nothing(folder, monkeypatch):
    monkeypatch.setattr(sys, "dont_write_bytecode", True)

    assert rendered(folder) == "hello you"
    assert kept(folder) == []

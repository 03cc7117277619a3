"""Puts the built library and what its users need below a prefix; build/install calls this.

The folders below the prefix:

    bin/ipcgen              the generator's command
    include/ipc/            where includes begin: "runtime/api/main_process.h"
    lib/libipc.a            the whole runtime
    lib/ipc/generator/      the generator
    lib/cmake/ipc/          find_package(ipc)
    lib/pkgconfig/ipc.pc    pkg-config ipc
    share/ipc/idl/          the .ipc files that ship; share/ipc is their import root
    share/ipc/editors/      what Neovim and VS Code need

What an earlier version left in the folders that are the library's alone is gone afterwards.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
HERE = Path(__file__).resolve().parent
LABEL = "//build/package:ipc"
VERSION = "0.1.0"
USERS_FLOORS = ("//runtime/api", "//runtime/async", "//runtime/loops", "//runtime/testing")

# What users include and no floor of theirs does.
USERS_HEADERS = ("idl/std/time.ipc.h", "runtime/bindings/error.h")

_INCLUDE = re.compile(r'^\s*#include "([^"]+)"', re.MULTILINE)
_RUNTIME_HEADER = re.compile(r"runtime/[a-z_/]+\.h")


def main(out: Path, prefix: Path) -> int:
    lay_out(out, prefix)
    print(f"installed below {prefix}")
    return 0


def lay_out(out: Path, prefix: Path) -> None:
    clear(prefix)
    copy_headers(out, prefix / "include/ipc")
    copy(out / "obj/build/package/libipc.a", prefix / "lib/libipc.a")
    copy_generator(prefix)
    for name in ("time.ipc",):
        copy(ROOT / "idl/std" / name, prefix / "share/ipc/idl/std" / name)
    libraries = gn_desc(out, LABEL, "libs")  # Debian's, as the linker knows them
    settings = {
        "VERSION": VERSION,
        "PC_LIBS": " ".join(f"-l{name}" for name in libraries),
        "CMAKE_LIBS": ";".join(libraries),
    }
    fill_in("ipc.pc.in", prefix / "lib/pkgconfig/ipc.pc", settings)
    fill_in("ipcConfig.cmake.in", prefix / "lib/cmake/ipc/ipcConfig.cmake", settings)
    fill_in("ipcConfigVersion.cmake.in", prefix / "lib/cmake/ipc/ipcConfigVersion.cmake", settings)


def clear(prefix: Path) -> None:
    for folder in ("include/ipc", "lib/ipc", "lib/cmake/ipc", "share/ipc"):
        shutil.rmtree(prefix / folder, ignore_errors=True)


def copy_headers(out: Path, target: Path) -> None:
    """The headers that users or generated code name, and all that those include."""
    waiting = {*headers_of_generated_code(), *USERS_HEADERS}
    for floor in USERS_FLOORS:
        waiting |= public_headers(out, floor)
    done: set[str] = set()
    while waiting:
        name = waiting.pop()
        done.add(name)
        source = ROOT / name if (ROOT / name).is_file() else out / "gen" / name
        waiting |= own_includes(source) - done
        copy(source, target / name)


def public_headers(out: Path, floor: str) -> set[str]:
    return {label.removeprefix("//") for label in gn_desc(out, floor, "public")}


def headers_of_generated_code() -> set[str]:
    backend = (ROOT / "generator/backends/cpp").rglob("*")
    texts = (path.read_text("utf-8") for path in backend if path.suffix in (".py", ".j2"))
    return {header for text in texts for header in _RUNTIME_HEADER.findall(text)}


def own_includes(header: Path) -> set[str]:
    included = _INCLUDE.findall(header.read_text("utf-8"))
    return {name for name in included if name.startswith(("runtime/", "idl/"))}


def copy_generator(prefix: Path) -> None:
    ignored = shutil.ignore_patterns("__pycache__", "*.md", "editors")
    shutil.copytree(ROOT / "generator", prefix / "lib/ipc/generator", ignore=ignored)
    shutil.copytree(ROOT / "generator/editors", prefix / "share/ipc/editors")
    command = prefix / "bin/ipcgen"
    command.parent.mkdir(parents=True, exist_ok=True)
    command.unlink(missing_ok=True)
    command.symlink_to("../lib/ipc/generator/ipcgen")


def gn_desc(out: Path, label: str, what: str) -> list[str]:
    command = ["gn", "desc", str(out), label, what]
    return subprocess.run(
        command, cwd=ROOT, check=True, text=True, stdout=subprocess.PIPE
    ).stdout.split()


def fill_in(template: str, target: Path, settings: dict[str, str]) -> None:
    text = (HERE / template).read_text("utf-8")
    for name, value in settings.items():
        text = text.replace(f"@{name}@", value)
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(text, "utf-8")


def copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2])))

"""What build/install leaves is enough: README.md's example with CMake, and with a compiler alone."""

import os
import pathlib
import shlex
import subprocess

import pytest
from example import ROOT, RUN_SECONDS, code_blocks, commands_after, promised_lines, run

BUILD_SECONDS = 200

# A file in a folder of its own that imports one which ships.
STAMP_IPC = """\
module stamp;
import "idl/std/time.ipc";
struct Stamp { std.Time? at; };
"""
STAMP_CC = """\
#include <iostream>
#include "times/stamp.ipc.h"

int main() { std::cout << stamp::Stamp{}; }
"""
STAMP_TARGET = """
ipc_generate(stamp times/stamp.ipc)
add_executable(print_stamp print_stamp.cc)
target_link_libraries(print_stamp stamp)
"""

# The example's channels, tested with their fakes.
FAKES_CC = """\
#include <iostream>
#include "greeter.ipc.fakes.h"
#include "runtime/testing/app.h"

int main() {
  ipc::testing::App app;
  greeter::FakeGreeterIpcMain main;
  auto bound = greeter::BindGreeter(app.ipc_main(), main);
  main.on_greet().Answers(std::string("hello fake"));
  greeter::GreeterIpcRenderer renderer(app.AddRenderer().ipc_renderer());
  std::cout << app.Await(renderer.Greet("Ada"))->value() << "\\n" << main.calls()[0] << "\\n";
}
"""
FAKES_CMAKE = """\
cmake_minimum_required(VERSION 3.25)
project(tested CXX)
find_package(ipc REQUIRED)
ipc_generate(greeter greeter.ipc FAKES)
add_executable(tested tested.cc)
target_link_libraries(tested greeter_fakes)
"""


@pytest.fixture(scope="module")
def prefix(tmp_path_factory) -> pathlib.Path:
    """Installed, and then moved: nothing in it knows where it was."""
    folder = tmp_path_factory.mktemp("installed")
    run([str(ROOT / "build/install"), "--prefix", str(folder / "first")], ROOT, BUILD_SECONDS)
    (folder / "first").rename(folder / "moved")
    return folder / "moved"


def write_application(folder: pathlib.Path) -> None:
    blocks = code_blocks()
    for name in ("greeter.ipc", "main.cc", "renderer.cc", "CMakeLists.txt"):
        (folder / name).write_text(blocks[name])
    (folder / "times").mkdir()
    (folder / "times/stamp.ipc").write_text(STAMP_IPC)
    (folder / "print_stamp.cc").write_text(STAMP_CC)
    with (folder / "CMakeLists.txt").open("a") as lists:
        lists.write(STAMP_TARGET)


def test_the_example_builds_with_cmake_and_says_what_is_promised(tmp_path, prefix):
    write_application(tmp_path)
    commands = [line.replace("=DIR", f"={prefix}") for line in commands_after("cmake")]
    configure, build, enter, start = map(shlex.split, commands)

    run(configure, tmp_path, RUN_SECONDS)
    run(build, tmp_path, BUILD_SECONDS)
    said = run(start, tmp_path / enter[1], RUN_SECONDS)
    stamp = run(["./print_stamp"], tmp_path / enter[1], RUN_SECONDS)

    assert said.splitlines() == promised_lines() != []
    assert stamp == 'stamp.Stamp{"at":null}'


def test_cmake_generates_again_what_has_changed_and_nothing_else(tmp_path, prefix):
    write_application(tmp_path)
    run(["cmake", "-S.", "-Bout", "-GNinja", f"-DCMAKE_PREFIX_PATH={prefix}"], tmp_path, RUN_SECONDS)
    run(["ninja", "-Cout", "stamp"], tmp_path, BUILD_SECONDS)

    idle = run(["ninja", "-Cout", "stamp"], tmp_path, BUILD_SECONDS)
    shipped = prefix / "share/ipc/idl/std/time.ipc"
    os.utime(shipped)
    touched = run(["ninja", "-Cout", "-n", "stamp"], tmp_path, BUILD_SECONDS)

    assert "no work to do" in idle
    assert "Generating times/stamp.ipc.h" in touched


def test_an_application_is_tested_with_fakes(tmp_path, prefix):
    (tmp_path / "greeter.ipc").write_text(code_blocks()["greeter.ipc"])
    (tmp_path / "tested.cc").write_text(FAKES_CC)
    (tmp_path / "CMakeLists.txt").write_text(FAKES_CMAKE)

    run(["cmake", "-S.", "-Bout", f"-DCMAKE_PREFIX_PATH={prefix}"], tmp_path, RUN_SECONDS)
    run(["cmake", "--build", "out"], tmp_path, BUILD_SECONDS)
    said = run(["out/tested"], tmp_path, RUN_SECONDS)

    assert said.splitlines() == ["hello fake", '#1 Greet {"name":"Ada"}']


def test_a_file_outside_of_every_import_root_is_refused_by_name(tmp_path, prefix):
    (tmp_path / "app").mkdir()
    (tmp_path / "other.ipc").write_text("module other;")
    (tmp_path / "app/CMakeLists.txt").write_text(
        "cmake_minimum_required(VERSION 3.25)\nproject(app CXX)\n"
        "find_package(ipc REQUIRED)\nipc_generate(other ../other.ipc)\n"
    )

    ended = subprocess.run(
        ["cmake", "-Sapp", "-Bout", f"-DCMAKE_PREFIX_PATH={prefix}"],
        cwd=tmp_path, timeout=RUN_SECONDS, text=True, capture_output=True,
    )

    assert ended.returncode != 0
    assert "../other.ipc is in no import root; give its folder with IMPORT_ROOTS" in ended.stderr


def test_a_compiler_and_pkg_config_are_enough(tmp_path, prefix):
    write_application(tmp_path)
    ipcgen = str(prefix / "bin/ipcgen")
    flags = subprocess.run(
        ["pkg-config", "--cflags", "--libs", "ipc"],
        env={**os.environ, "PKG_CONFIG_PATH": str(prefix / "lib/pkgconfig")},
        check=True, text=True, capture_output=True, timeout=RUN_SECONDS,
    ).stdout.split()

    run([ipcgen, "generate", "--backend=cpp", "--out=gen", "greeter.ipc"], tmp_path, RUN_SECONDS)
    run(
        ["g++", "-std=c++20", "-Igen", "renderer.cc", "gen/greeter.ipc.cc", "-orenderer", *flags],
        tmp_path, BUILD_SECONDS,
    )

    assert (tmp_path / "renderer").is_file()


def test_the_editors_find_the_compiler_beside_them(prefix):
    editors = prefix / "share/ipc/editors"

    assert {"README.md", "nvim", "vscode"} == {entry.name for entry in editors.iterdir()}
    for folder in ("nvim", "vscode"):
        assert (editors / folder / "../../../../bin/ipcgen").is_file()

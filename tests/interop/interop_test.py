"""A client of another language: Python's own gRPC and protobuf against our main, over the socket."""

import os
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
OUT = ROOT / os.environ.get("IPC_OUT_DIR", "out/gcc")
CLIENT = pathlib.Path(__file__).with_name("client.py")
SECONDS = 30


def generate(proto: pathlib.Path, out: pathlib.Path, *plugins: str, root: pathlib.Path) -> None:
    command = ["protoc", f"--proto_path={root}", f"--python_out={out}", *plugins, str(proto)]
    subprocess.run(command, check=True, timeout=SECONDS)


def generated_modules(folder: pathlib.Path) -> dict[str, str]:
    """The environment in which client.py finds what protoc makes of the two .proto files."""
    plugin = "--plugin=protoc-gen-grpc=/usr/bin/grpc_python_plugin"
    generate(ROOT / "idl/wire.proto", folder, plugin, f"--grpc_out={folder}", root=ROOT / "idl")
    gen = OUT / "gen"
    generate(gen / "idl/std/time.proto", folder, root=gen)
    generate(gen / "samples/notes/notes.proto", folder, root=gen)
    paths = [folder, folder / "samples/notes"]
    return {**os.environ, "PYTHONPATH": os.pathsep.join(map(str, paths))}


def test_a_python_client_calls_typed_and_untyped_channels_and_hears_an_emit(tmp_path):
    environment = generated_modules(tmp_path)
    socket = tmp_path / "door" / "socket"
    main = subprocess.Popen(
        [OUT / "tests/notes_main", socket], stdout=subprocess.PIPE, text=True
    )
    try:
        assert main.stdout.readline() == "listening\n"

        client = subprocess.run(
            [sys.executable, CLIENT, socket],
            env=environment, capture_output=True, text=True, timeout=SECONDS,
        )

        assert client.stdout.splitlines() == [
            "typed: 1 from Python",
            "untyped: 42",
            "emit: notes.Changed from Python",
        ], client.stderr
        assert main.wait(timeout=SECONDS) == 0
        assert main.stdout.read().splitlines() == [
            "hello from a python",
            'invoke Save("from Python")',
        ]
    finally:
        main.kill()
        main.wait()


def test_the_client_needs_no_more_than_eighty_lines():
    assert len(CLIENT.read_text().splitlines()) <= 80

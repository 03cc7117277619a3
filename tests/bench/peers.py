"""Prints which of the peers of peers.gni are installed, as a list for gn."""

from pathlib import Path

# Of each, what its package brings.
_HEADERS = {
    "capnp": ("/usr/include/capnp/ez-rpc.h", "/usr/bin/capnp"),
    "sdbus": ("/usr/include/systemd/sd-bus.h",),
    "nlohmann": ("/usr/include/nlohmann/json.hpp",),
    "boost": ("/usr/include/boost/json.hpp",),
}

present = [name for name, paths in _HEADERS.items() if all(Path(path).exists() for path in paths)]
print("[" + ",".join(f'"{name}"' for name in present) + "]")

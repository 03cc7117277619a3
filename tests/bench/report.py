#!/usr/bin/python3
"""Prints what Google Benchmark measured as medians, beside the reference of the same run.

usage: report.py RESULTS.json
"""

import json
import sys

# The rows in the order a person reads them, and what each is divided by: the same work, bare.
ROWS = {
    "UnixSocket": (),
    "GrpcUnary": ("UnixSocket",),
    "InvokeTyped_Grpc": ("GrpcUnary", "UnixSocket"),
    "InvokeUntyped_Grpc": ("GrpcUnary", "UnixSocket"),
    "SendSyncUntyped_Grpc": ("GrpcUnary", "UnixSocket"),
    "Encode_Protobuf": (),
    "Encode_Ipc": ("Encode_Protobuf",),
    "Decode_Protobuf": (),
    "Decode_Ipc": ("Decode_Protobuf",),
}


def medians(results: dict) -> dict[str, tuple[float, str, float]]:
    """Name -> median time, its unit, and the coefficient of variation between repetitions."""
    rows: dict[str, dict[str, dict]] = {}
    for row in results["benchmarks"]:
        name = row["run_name"].removesuffix("/real_time").removeprefix("BM_")
        rows.setdefault(name, {})[row.get("aggregate_name", "")] = row
    return {
        name: (by["median"]["real_time"], by["median"]["time_unit"], by["cv"]["real_time"])
        for name, by in rows.items()
    }


def main() -> None:
    with open(sys.argv[1], encoding="utf-8") as file:
        measured = medians(json.load(file))
    print(f"{'':28}{'median':>14}{'spread':>8}   beside")
    for name, references in ROWS.items():
        if name not in measured:
            continue
        time, unit, spread = measured[name]
        ratios = [
            f"{time / measured[reference][0]:.2f} x {reference}"
            for reference in references
            if reference in measured
        ]
        figure = f"{time:.1f} {unit}" if unit == "us" else f"{time:.0f} {unit}"
        print(f"{name:28}{figure:>14}{spread:>8.0%}   {', '.join(ratios)}")
    for name in sorted(measured.keys() - ROWS.keys()):
        sys.exit(f"report.py does not know {name}: give it a row")


main()

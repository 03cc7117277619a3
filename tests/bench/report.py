#!/usr/bin/python3
"""Prints what Google Benchmark measured as medians, beside the reference of the same run.

usage: report.py RESULTS.json
"""

import json
import sys

# What a row is divided by: the same work done barely.
REFERENCES = {
    "BM_InvokeTyped_Grpc": ("BM_GrpcUnary", "BM_UnixSocket"),
    "BM_InvokeUntyped_Grpc": ("BM_GrpcUnary", "BM_UnixSocket"),
    "BM_SendSyncUntyped_Grpc": ("BM_GrpcUnary", "BM_UnixSocket"),
    "BM_Encode_Ipc": ("BM_Encode_Protobuf",),
    "BM_Decode_Ipc": ("BM_Decode_Protobuf",),
}


def medians(results: dict) -> dict[str, tuple[float, str, float]]:
    """Name -> median time, its unit, and the coefficient of variation between repetitions."""
    rows: dict[str, dict[str, dict]] = {}
    for row in results["benchmarks"]:
        name = row["run_name"].removesuffix("/real_time")
        rows.setdefault(name, {})[row.get("aggregate_name", "")] = row
    return {
        name: (by["median"]["real_time"], by["median"]["time_unit"], by["cv"]["real_time"])
        for name, by in rows.items()
    }


def main() -> None:
    with open(sys.argv[1], encoding="utf-8") as file:
        measured = medians(json.load(file))
    print(f"{'':28}{'median':>14}{'spread':>8}   beside")
    for name, (time, unit, spread) in measured.items():
        ratios = [
            f"{time / measured[reference][0]:.2f} x {reference.removeprefix('BM_')}"
            for reference in REFERENCES.get(name, ())
            if reference in measured
        ]
        figure = f"{time:.1f} {unit}" if unit == "us" else f"{time:.0f} {unit}"
        print(f"{name.removeprefix('BM_'):28}{figure:>14}{spread:>8.0%}   {', '.join(ratios)}")


main()

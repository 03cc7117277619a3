"""Runs the command in its arguments: what lets a gn action call a program that is not Python."""

import subprocess
import sys

sys.exit(subprocess.run(sys.argv[1:]).returncode)

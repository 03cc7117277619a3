"""From trees to the IR: a list of named passes, each of which may rely on those before."""

from generator.sema.compilation import Compilation
from generator.sema.passes import PASSES, analyze

__all__ = ["PASSES", "Compilation", "analyze"]

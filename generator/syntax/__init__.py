"""Text to tree: the lexer, the tree's nodes, the parser."""

from generator.syntax.lexer import Tokens, tokenize
from generator.syntax.parser import parse

__all__ = ["Tokens", "parse", "tokenize"]

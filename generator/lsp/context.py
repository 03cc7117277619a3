"""What could stand at the cursor, told from the tokens before it.

Tokens, not the tree: the text around a cursor is most often half written.
"""

from __future__ import annotations

from dataclasses import dataclass

from generator.source.file import SourceFile
from generator.syntax import Tokens, tokenize
from generator.syntax.lexer import NAME, STRING

DEFINITIONS = (
    "const", "enum", "struct", "union", "interface", "channels", "feature", "type",
)  # fmt: skip
_OPENING = {")": "(", ">": "<"}


@dataclass(frozen=True)
class Context:
    """A place in a half-written text.

    `kind`      "definition", "member" (of a body), "type", "value", "constraint", "response",
                "attribute", "import" (its path), "as", "alias" (the name after `as`), or ""
                where only the author knows what comes
    `holders`   the definitions around, outermost first: the word and the name of each
    `statement` the words of the statement so far, attributes left out
    `inside`    the word before the innermost open bracket: `array` of `array<`
    `in_params` among the parameters of a call
    `qualifier` what stands before the last dot of the name that is typed
    `start`     where the word that is typed begins
    """

    kind: str
    holders: tuple[tuple[str, str], ...] = ()
    statement: tuple[str, ...] = ()
    inside: str = ""
    in_params: bool = False
    qualifier: str = ""
    start: int = 0

    @property
    def holder(self) -> str:
        """What the innermost body belongs to: `struct` and so on, "" outside of all."""
        return self.holders[-1][0] if self.holders else ""


def context(text: str, offset: int) -> Context:
    """The context of an offset."""
    tokens = tokenize(SourceFile("", text[:offset]))
    if _in_comment(tokens):
        return Context("")
    kinds, texts, starts = tokens.kinds[:-1], tokens.texts[:-1], tokens.starts[:-1]
    if kinds and kinds[-1] == STRING and _is_open(texts[-1]):
        is_import = texts[-2:-1] == ["import"]
        return Context("import" if is_import else "", start=starts[-1] + 1, inside='"')
    start = offset
    if kinds and kinds[-1] == NAME and starts[-1] + len(texts[-1]) == offset:
        start = starts.pop()
        kinds.pop()
        texts.pop()
    qualifier: list[str] = []
    while texts[-1:] == ["."] and kinds[-2:-1] == [NAME]:
        qualifier.insert(0, texts[-2])
        del kinds[-2:], texts[-2:], starts[-2:]
    holders, statement = _open_bodies(tokens.file.text, kinds, texts, starts)
    return _classify(holders, statement, ".".join(qualifier), start)


def _in_comment(tokens: Tokens) -> bool:
    """Whether the text ends within a comment; blanks at its end belong to no token's comment."""
    last = tokens.comments.get(len(tokens.kinds) - 1)
    if not last:
        return False
    start, end = last[-1]
    written = tokens.file.text[start:end]
    if written.startswith("//"):
        return "\n" not in tokens.file.text[end:]
    return not written.endswith("*/") or written == "/*/"


def _is_open(string: str) -> bool:
    return len(string) == 1 or string[-1] != '"' or string.endswith('\\"')


def _open_bodies(
    text: str, kinds: list[str], texts: list[str], starts: list[int]
) -> tuple[list[tuple[str, str]], list[str]]:
    """The definitions that are open at the end, and the words of the last statement."""
    holders: list[tuple[str, str]] = []
    statement: list[str] = []
    for kind, word, start in zip(kinds, texts, starts):
        in_first_column = start == 0 or text[start - 1] == "\n"
        if kind == NAME and in_first_column and word in (*DEFINITIONS, "import", "module"):
            holders, statement = [], []
        if word == "{":
            words = _without_attributes(statement)
            holders.append((words[0] if words else "", words[1] if len(words) > 1 else ""))
            statement = []
        elif word == "}":
            del holders[-1:]
            statement = []
        elif word == ";" or (word == "," and holders and holders[-1][0] == "enum"):
            statement = [] if "[" not in statement or "]" in statement else [*statement, word]
        else:
            statement.append(word)
    return holders, statement


def _without_attributes(statement: list[str]) -> list[str]:
    """The words of a statement behind its `[...]`."""
    if statement[:1] == ["["] and "]" in statement:
        return statement[statement.index("]") + 1 :]
    return statement


def _classify(
    holders: list[tuple[str, str]], statement: list[str], qualifier: str, start: int
) -> Context:
    words = _without_attributes(statement)
    brackets = _open_brackets(words)
    at = brackets[-1] if brackets else -1
    is_call = bool(holders) and holders[-1][0] in ("channels", "interface")
    in_params = is_call and bool(brackets) and words[brackets[0]] == "("
    if in_params and len(brackets) == 1:
        inside = "params"
    else:
        inside = words[at - 1] if at > 0 else ""
    kind = _kind(holders[-1][0] if holders else "", words, at, inside)
    return Context(kind, tuple(holders), tuple(words), inside, in_params, qualifier, start)


def _open_brackets(words: list[str]) -> list[int]:
    """The places of brackets that are still open, outermost first; an open `[` is the last."""
    found: list[int] = []
    for at, word in enumerate(words):
        if word in ("(", "<", "["):
            found.append(at)
        elif word == "]" and found and words[found[-1]] == "[":
            found.pop()
        elif word in _OPENING and found and words[found[-1]] == _OPENING[word]:
            found.pop()
    return found


def _kind(holder: str, words: list[str], bracket: int, inside: str) -> str:
    last = words[-1] if words else ""
    if bracket >= 0:
        return _kind_in_bracket(words[bracket], last, inside)
    if not words:
        return "member" if holder else "definition"
    if words[0] == "import" and not holder:
        return {1: "import", 2: "as", 3: "alias"}.get(len(words), "")
    if words == ["const"]:
        return "type"
    if words[0] == "type" and not holder:
        return "type" if last == "=" else ""
    if last == "=>":
        return "response"
    is_prefix = words[0] == "channels" and not holder
    return "value" if last == "=" and not is_prefix else ""


def _kind_in_bracket(bracket: str, last: str, inside: str) -> str:
    """Behind `[` an attribute, behind `<` or the `(` of parameters a type, else a constraint."""
    if last == "=":
        return "" if bracket == "[" else "value"
    if last == "]":
        return "type" if inside == "params" else ""
    if last not in (bracket, ","):
        return ""
    if bracket == "[":
        return "attribute"
    if bracket == "<":
        return "" if inside == "array" and last == "," else "type"
    return "type" if inside == "params" else "constraint"

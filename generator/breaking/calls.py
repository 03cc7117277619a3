"""What travels with a call and with its answer: fields of a message in bytes; in JSON arguments by
position, and null, one value or an object by the number of values.
"""

from __future__ import annotations

from generator import ir
from generator.breaking import absence, records
from generator.breaking.bounds import Interval
from generator.breaking.judge import Judge
from generator.breaking.report import Payload, Place

_LISTS = (ir.Array, ir.Map)  # whose fields lie differently than a result's value


# ---- Calls.


def compare_params(judge: Judge, sent: ir.Member, received: ir.Member, place: Place) -> None:
    """The parameters of a call, whose `any...` takes whatever else there is."""
    _compare_size(judge, sent, received, place)
    if _is_untyped(sent) or _is_untyped(received):
        _compare_untyped(judge, sent, received, place)
        return
    mine, yours = _typed(sent), _typed(received)
    records.compare_fields(judge, mine, yours, place, by_name=False)
    _compare_rest(judge, sent, received, place.only(Payload.BYTES))
    json = place.only(Payload.JSON)
    _compare_count(judge, sent, received, json)
    _compare_positions(judge, mine, yours, json)


def _compare_positions(
    judge: Judge, sent: records.Fields, received: records.Fields, json: Place
) -> None:
    """Arguments go by position; one that keeps its name has to keep that too."""
    mine, yours = ({field.name: field for field in fields} for fields in (sent, received))
    for one, other in zip(sent, received):
        if one.name == other.name or not (one.name in yours or other.name in mine):
            judge.field(one, other, _parameter(judge, one, other, json))
    for other in received:
        one = mine.get(other.name)
        if one is not None and (place := sent.index(one)) != (there := received.index(other)):
            was, now = judge.by_age(place + 1, there + 1)
            change = f"`{json.subject}.{one.name}` was argument {was} and is argument {now}"
            why = "another argument is read as it"
            judge.misreads("argument-moved", _parameter(judge, one, other, json), change, why)


def _parameter(judge: Judge, sent: ir.Field, received: ir.Field, at: Place) -> Place:
    old, new = judge.by_age(sent, received)
    return at.at(f"{at.subject}.{new.name}", old.where, new.where)


def _compare_size(judge: Judge, sent: ir.Member, received: ir.Member, place: Place) -> None:
    """[MaxBytes], of whatever travels; no parameters are no bytes, but `[]` in JSON."""
    mine, yours = Interval(high=sent.max_bytes), Interval(high=received.max_bytes)
    if beyond := mine.beyond(yours):
        rule = "constraint-tightened" if judge.sender_is_old else "constraint-loosened"
        was, now = judge.by_age(*(_limit(member) for member in (sent, received)))
        change = f"`{place.subject}` had {was} and has {now}"
        here = place if sent.params.fields else place.only(Payload.JSON)
        judge.refuses(rule, here, change, f"{beyond} bytes")


def _limit(member: ir.Member) -> str:
    return f"[MaxBytes={member.max_bytes}]" if member.max_bytes else "no [MaxBytes]"


def _typed(member: ir.Member) -> records.Fields:
    return member.params.fields[:-1] if member.variadic else member.params.fields


def _rest(member: ir.Member) -> ir.Field | None:
    return member.params.fields[-1] if member.variadic else None


def _is_untyped(member: ir.Member) -> bool:
    """Whether it has `any...` alone: that travels as JSON, and is never read from bytes."""
    return member.variadic and not _typed(member)


def _compare_untyped(judge: Judge, sent: ir.Member, received: ir.Member, place: Place) -> None:
    change = f"`{place.subject}` takes `any...` alone in one version only"
    if not _is_untyped(received):
        judge.refuses("rest-changed", place, change, "arguments of any number and kind")
    elif not _is_untyped(sent):
        why = "a message of fields, where it reads JSON alone"
        judge.refuses("rest-changed", place.only(Payload.BYTES), change, why)


def _compare_rest(judge: Judge, sent: ir.Member, received: ir.Member, bytes: Place) -> None:
    """In bytes `any...` is a field that repeats; there it may come and go, and not move."""
    mine, yours = _rest(sent), _rest(received)
    numbers = {field.number for field in _typed(sent)}, {field.number for field in _typed(received)}
    if mine and yours and mine.number != yours.number:
        why = f"`{mine.name}...`, which has another number there"
    elif mine and mine.number in numbers[1]:
        why = f"`{mine.name}...`, whose number is another parameter there"
    elif yours and yours.number in numbers[0]:
        why = f"the number {yours.number}, which is `{yours.name}...` there"
    else:
        return
    change = f"`any...` of `{bytes.subject}` stands elsewhere or in one version only"
    judge.misreads("rest-changed", bytes, change, why)


def _compare_count(judge: Judge, sent: ir.Member, received: ir.Member, json: Place) -> None:
    """All arguments are sent; at the end those may be missing that can be null."""
    count, most = len(_typed(sent)), len(_typed(received))
    if sent.variadic and (not received.variadic or count < most):
        change = f"`any...` of `{json.subject}` stands elsewhere or in one version only"
        judge.refuses("rest-changed", json, change, "arguments of any number and kind")
    lacking = (absence.may_lack_json(field) for field in _typed(received))
    least = max((at for at, may_lack in enumerate(lacking, 1) if not may_lack), default=0)
    if least <= count and (count <= most or received.variadic):
        return
    old, new = judge.by_age(count, most)
    change = f"`{json.subject}` had {old} parameters and has {new}"
    judge.refuses("argument-count-changed", json, change, _arguments(count))


def _arguments(count: int) -> str:
    return f"{count} argument{'' if count == 1 else 's'}"


# ---- Answers.


def compare_response(
    judge: Judge, sent: ir.Response, received: ir.Response, place: Place
) -> None:
    match sent, received:
        case ir.Result(), ir.Result():
            judge.slot(sent.ok, received.ok, place.at(f"{place.subject}.ok", place.old, place.new))
            judge.slot(
                sent.err, received.err, place.at(f"{place.subject}.err", place.old, place.new)
            )
        case ir.Params(), ir.Params():
            _compare_values(judge, sent.fields, received.fields, place)
        case ir.Params(), ir.Result():
            _compare_with_result(judge, sent.fields, received, place)
        case _:
            why = "an error, which is no answer there"
            judge.refuses("response-kind-changed", place, _kind_changed(place), why)


def _kind_changed(place: Place) -> str:
    return f"`{place.subject}` is a result<> in one version only"


def _compare_with_result(
    judge: Judge, sent: records.Fields, received: ir.Result, place: Place
) -> None:
    """One value passes for the value of a result<>: in JSON always, in bytes if it is written."""
    passes = Payload(0)
    if len(sent) == 1:
        passes = Payload.BOTH if _lies_as_a_result(judge, sent[0]) else Payload.JSON
        judge.slot(sent[0].type, received.ok, place.only(passes))
    elif not sent and _takes_null(received.ok):
        passes = Payload.BOTH
    why = "an answer of another kind"
    rest = place.only(~passes)
    judge.refuses("response-kind-changed", rest, _kind_changed(place), why)


def _lies_as_a_result(judge: Judge, field: ir.Field) -> bool:
    """Whether it is always there, under the number of a result's value, and laid out like it."""
    is_written = absence.omitted(judge.sender, field) is None
    return is_written and field.number == 1 and not isinstance(field.type, _LISTS)


def _compare_values(
    judge: Judge, sent: records.Fields, received: records.Fields, place: Place
) -> None:
    """Bytes know them by number. Who expects nothing does not look; nothing is null in both."""
    if not received or (not sent and len(received) == 1 and _takes_null(received[0].type)):
        return
    if not sent:
        _shape_changed(judge, sent, received, place, "null")
        return
    if min(len(sent), len(received)) > 1:
        records.compare_fields(judge, sent, received, place, by_name=True)
        return
    records.compare_fields(judge, sent, received, place, by_name=False)
    json = place.only(Payload.JSON)
    if len(sent) == len(received) == 1:
        old, new = judge.by_age(sent[0], received[0])
        here = json.at(f"{place.subject}.{new.name}", old.where, new.where)
        judge.field(sent[0], received[0], here)
    else:
        shape = "a bare value" if len(sent) == 1 else "an object"
        _shape_changed(judge, sent, received, json, shape)


def _shape_changed(
    judge: Judge, sent: records.Fields, received: records.Fields, place: Place, why: str
) -> None:
    old, new = judge.by_age(len(sent), len(received))
    change = f"`{place.subject}` had {old} and has {new} values"
    judge.refuses("response-shape-changed", place, change, why)


def _takes_null(type: ir.Type) -> bool:
    return isinstance(type, (ir.Nullable, ir.Any))

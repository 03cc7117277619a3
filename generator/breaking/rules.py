"""The table of rules: what `ipcgen breaking --list` prints."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rule:
    """`id` is what reports say; `says` is a sentence about what changed and whom it breaks."""

    id: str
    says: str


_TABLE = (
    # Channels.
    ("channel-removed", "a channel is gone: who still calls it finds nobody"),
    ("channel-added", "a channel is new: an older receiver does not know it (a warning)"),
    ("channel-renamed", "a channel has another name on the wire: both sides miss each other"),
    ("channel-verb-changed", "a channel is called another way: no receiver listens for that"),
    ("channel-limit-changed", "DeadlineMs or another limit of a channel is another (a warning)"),
    ("rest-changed", "`any...` came or went: the payload is another kind of thing"),
    ("argument-count-changed", "JSON arguments are positional, and their number is checked"),
    ("response-shape-changed", "the JSON of an answer is null, one value or an object, by count"),
    ("response-kind-changed", "an answer became a result<>, or stopped being one"),
    # Fields, parameters, members.
    ("field-added", "a receiver demands a field that older senders do not know"),
    ("field-removed", "an older receiver demands a field that is not sent any more"),
    ("field-number-changed", "a field has another number: bytes put it elsewhere"),
    ("field-number-reused", "a number means another field now: bytes are read as what they are not"),
    ("field-renamed", "a field has another name: JSON knows fields by name"),
    ("removed-without-reserved", "what was removed could be used again by mistake (a warning)"),
    ("reserved-dropped", "what was reserved may be used again (a warning)"),
    ("reserved-reused", "what was reserved is used again: programs before the last know it"),
    # Types.
    ("type-changed", "a type is another one on the wire"),
    ("integer-narrowed", "an integer holds fewer numbers than older senders send"),
    ("integer-widened", "an integer holds more numbers than older receivers take"),
    ("nullable-added", "what always was there may be null now"),
    ("nullable-removed", "what could be null has to be there now"),
    ("element-nullable-changed", "elements, map values and union members lie differently when `?`"),
    ("default-changed", "an absent field means another value"),
    ("must-be-present", "what could be left out must be sent: no zero and no default is left"),
    ("array-size-changed", "an array has another number of elements"),
    ("map-key-changed", "keys are of another type, or two of them can fall together"),
    # Constraints.
    ("constraint-tightened", "a receiver refuses values that older senders may send"),
    ("constraint-loosened", "an older receiver refuses values that may be sent now"),
    ("pattern-changed", "no one can say which texts two patterns share"),
    # Enums and unions.
    ("enum-value-added", "an older receiver of a closed enum does not know the value"),
    ("enum-value-removed", "older senders still send the value"),
    ("enum-value-renamed", "a number has another name: JSON knows values by name"),
    ("enum-value-renumbered", "a name has another number: bytes know values by number"),
    ("union-member-added", "an older receiver of a closed union does not know the member"),
    ("union-member-removed", "older senders still send the member"),
    ("extensible-removed", "[Extensible] went: what is unknown was taken and is refused now"),
    ("unknown-default-changed", "what stands for the unknown is another value (a warning)"),
    # Promises.
    ("stable-removed", "[Stable] was a promise, and is withdrawn"),
    ("stable-type-removed", "a [Stable] type is gone"),
    ("min-version-changed", "a declared version is another (a warning)"),
    ("const-changed", "a constant has another value: the two sides disagree (a warning)"),
    ("interface-changed", "a mojom interface differs: it is not compared further (a warning)"),
)

RULES = {id: Rule(id, says) for id, says in _TABLE}

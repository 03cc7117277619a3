"""The table of rules: what `ipcgen breaking --list` prints, and `ipcgen explain ID` in full."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rule:
    """`id` is what reports say; `says` is a sentence about what changed and whom it breaks;
    `advice` is a paragraph: how it comes about, and what to do instead."""

    id: str
    says: str
    advice: str


_CHANNELS = (
    (
        "channel-removed",
        "a channel is gone: who still calls it finds nobody",
        "A call ends in an error, a message is dropped. Stop calling the channel first, and remove "
        "it when no program that calls it lives any more; `reserved` keeps its name from coming "
        "back as something else.",
    ),
    (
        "channel-added",
        "a channel is new: an older receiver does not know it (a warning)",
        "Nothing that worked stops working. New programs that call old ones have to expect the "
        "error of a channel without a receiver, until all receivers are new.",
    ),
    (
        "channel-renamed",
        "a channel has another name on the wire: both sides miss each other",
        "A channel is its name on the wire: `[Channel]`, else the prefix and the member's name. "
        'Rename the member and keep the channel with `[Channel="old.Name"]`.',
    ),
    (
        "channel-verb-changed",
        "a channel is called another way: no receiver listens for that",
        "Listeners hear send and sync, handlers hear invoke, and what main calls goes the other "
        "way. A `send` that becomes a `sync` is still heard when old programs send it, but what a "
        "new one waits for never comes from an old one. Add a channel beside the old one.",
    ),
    (
        "channel-limit-changed",
        "DeadlineMs or another limit of a channel is another (a warning)",
        "Each side goes by the limit that it was built with, so for a while there are two. "
        "Raise the receiver's limit before senders use it, and lower the senders' first.",
    ),
    (
        "rest-changed",
        "`any...` came or went: the payload is another kind of thing",
        "A channel with `any...` alone travels as JSON and never as bytes, and takes whatever "
        "comes. After other parameters `any...` may be added, since older senders have nothing "
        "for it; but who sends more than an older receiver knows is refused in JSON.",
    ),
    (
        "argument-count-changed",
        "JSON arguments are positional, and their number is checked",
        "Only parameters that can be null may be missing at the end, and none may be too many. "
        "Pass one struct instead of many parameters: its fields may come and go.",
    ),
    (
        "argument-moved",
        "a parameter stands elsewhere: JSON arguments go by position",
        "Add parameters at the end, and leave the order of the others. Bytes go by ordinals, which "
        "are the order too where they are not written.",
    ),
    (
        "response-shape-changed",
        "the JSON of an answer is null, one value or an object, by count",
        "`=> ()` is null, `=> (T one)` is the value itself, more are an object by name: one more "
        "or one less changes what every caller reads. Answer a struct from the beginning.",
    ),
    (
        "response-kind-changed",
        "an answer became a result<>, or stopped being one",
        "A typed error is an answer that callers without `result<>` do not know. Add a channel "
        "that answers with a result, and keep the old one while it is called.",
    ),
)

_FIELDS = (
    (
        "field-added",
        "a receiver demands a field that older senders do not know",
        "A struct, a union or an enum without a zero has to be there, JSON lacks only what can be "
        "null or has a default, and zero has to be within the bounds. Make the new field nullable.",
    ),
    (
        "field-removed",
        "an older receiver demands a field that is not sent any more",
        "Older receivers refuse messages without it. Keep sending it, `[Deprecated]`, until they "
        "are gone; then leave `reserved`.",
    ),
    (
        "field-number-changed",
        "a field has another number: bytes put it elsewhere",
        "Bytes know a field by its number, which is its ordinal. Fields may be reordered when each "
        "keeps its `@N`; without explicit ordinals their order is their number.",
    ),
    (
        "field-number-reused",
        "a number means another field now: bytes are read as what they are not",
        "A number is never used again: leave `reserved @N` for what was removed, and give what is "
        "new the next free one.",
    ),
    (
        "field-renamed",
        "a field has another name: JSON knows fields by name",
        "Bytes do not care. When every application uses typed stubs, `--payload bytes` judges "
        "these alone; else add a field and keep the old one.",
    ),
    (
        "removed-without-reserved",
        "what was removed could be used again by mistake (a warning)",
        "Programs that still send it live on. `reserved` with the number and the name has the "
        "compiler refuse both from now on.",
    ),
    (
        "reserved-dropped",
        "what was reserved may be used again (a warning)",
        "Reserving costs nothing; leave it for as long as the definition exists.",
    ),
    (
        "reserved-reused",
        "what was reserved is used again: programs before the last know it",
        "The last version did not have it, but those before it did, and may still run or have "
        "stored it. Take a number and a name that were never used.",
    ),
)

_TYPES = (
    (
        "type-changed",
        "a type is another one on the wire",
        "What one type wrote is no value of the other. Add a field of the new type, and fill in "
        "both while old programs live.",
    ),
    (
        "integer-narrowed",
        "an integer holds fewer numbers than older senders send",
        "Receivers check the range. Add a constraint when all senders keep to it, not a narrower "
        "type.",
    ),
    (
        "integer-widened",
        "an integer holds more numbers than older receivers take",
        "Older receivers refuse what they cannot hold, or read a negative number as a large one. "
        "Update receivers before senders use the new numbers.",
    ),
    (
        "nullable-added",
        "what always was there may be null now",
        "Older receivers read a null as zero or as a default, or refuse it in JSON; nullable "
        "arrays and maps also lie differently in bytes. Add a nullable field.",
    ),
    (
        "nullable-removed",
        "what could be null has to be there now",
        "Older senders still send null, which reads as zero or is refused, and a zero of new "
        "senders reads as null.",
    ),
    (
        "element-nullable-changed",
        "elements, map values and union members lie differently when `?`",
        "A list has no place for a null: each element that may be null lies in a message of its "
        "own. Add a field with the new type.",
    ),
    (
        "default-changed",
        "an absent field means another value",
        "Zeros are not written, so each side fills in what its own version says. Values that are "
        "always written arrive, but programs in other languages may leave out what equals their "
        "default. Add a field.",
    ),
    (
        "must-be-present",
        "what could be left out must be sent: no zero and no default is left",
        "An enum that loses its zero has nothing that an absent field could mean. Keep the zero.",
    ),
    (
        "array-size-changed",
        "an array has another number of elements",
        "`array<T, N>` has exactly N. Where the number may change, use `array<T>(max=N)`.",
    ),
    (
        "map-key-changed",
        "keys are of another type, or two of them can fall together",
        "Two keys that an older receiver cannot tell apart are one key twice, which is refused.",
    ),
)

_CONSTRAINTS = (
    (
        "constraint-tightened",
        "a receiver refuses values that older senders may send",
        "Receivers check, senders do not. Tighten what senders send first, by their own code.",
    ),
    (
        "constraint-loosened",
        "an older receiver refuses values that may be sent now",
        "Update receivers before senders use the room.",
    ),
    (
        "pattern-changed",
        "no one can say which texts two patterns share",
        "So any change of a receiver's pattern counts, and so does a pattern where there was none. "
        "Leaving a pattern out breaks old receivers alone.",
    ),
)

_UNIONS = (
    (
        "enum-value-added",
        "an older receiver of a closed enum does not know the value",
        "`[Extensible]` with a `[Default]`, from the first release on, has receivers take what "
        "they do not know for the default.",
    ),
    (
        "enum-value-removed",
        "older senders still send the value",
        "Leave it `[Deprecated]`; a value costs nothing.",
    ),
    (
        "enum-value-renamed",
        "a number has another name: JSON knows values by name",
        "Give the number both names, the old one first: bytes know the number, JSON either name.",
    ),
    (
        "enum-value-renumbered",
        "a name has another number: bytes know values by number",
        "What was sent as this value is read as another. Keep numbers; write them out.",
    ),
    (
        "union-member-added",
        "an older receiver of a closed union does not know the member",
        "`[Extensible]` with a `[Default]` member has receivers take what they do not know for it.",
    ),
    (
        "union-member-removed",
        "older senders still send the member",
        "Leave it `[Deprecated]` until they are gone, then `reserved`.",
    ),
    (
        "extensible-removed",
        "[Extensible] went: what is unknown was taken and is refused now",
        "Every value that is added from now on breaks programs of this version.",
    ),
    (
        "unknown-default-changed",
        "what stands for the unknown is another value (a warning)",
        "Old and new programs take the same unknown value for different ones.",
    ),
)

_PROMISES = (
    (
        "stable-removed",
        "[Stable] was a promise, and is withdrawn",
        "Who stores such data, or has another release cycle, relies on it.",
    ),
    (
        "stable-type-removed",
        "a [Stable] type is gone",
        "Data of it may be stored anywhere. Keep the type, `[Deprecated]`.",
    ),
    (
        "min-version-changed",
        "a declared version is another (a warning)",
        "`[MinVersion]` says in which version something was added, which does not change later.",
    ),
    (
        "const-changed",
        "a constant has another value: the two sides disagree (a warning)",
        "Constants are built into both sides. Where they have to agree, send the value.",
    ),
    (
        "interface-changed",
        "a mojom interface differs: it is not compared further (a warning)",
        "Nothing is generated for interfaces, so nothing of this compiler's can break.",
    ),
)

_TABLE = (*_CHANNELS, *_FIELDS, *_TYPES, *_CONSTRAINTS, *_UNIONS, *_PROMISES)

RULES = {row[0]: Rule(*row) for row in _TABLE}

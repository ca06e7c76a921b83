/** What Python needs for the others, and how a field's values are read. */
export const IMPORTS = String.raw`"""Tests of fields as Sigma means them, and derived fields."""

import json
import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from ipaddress import ip_address, ip_network

# In a pattern: any characters, exactly one, and a dash of any kind.
ANY, ONE, DASH = object(), object(), object()
DASHES = "-/–—―"
JSON_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?")
DECIMAL = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?")
E164 = re.compile(r"\+[1-9][0-9]{6,14}")
LEADING_ZEROS = re.compile(r"(?<![0-9a-fA-F.])0+(?=[0-9a-fA-F]+(?::|$))")
IPV4 = re.compile(r"(?:0|[1-9][0-9]{0,2})(?:\.(?:0|[1-9][0-9]{0,2})){3}")
`;

export const FIELDS = String.raw`

def is_list(value):
    return isinstance(value, Sequence) and not isinstance(value, (str, bytes))


def is_number(value):
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def is_scalar(value):
    return isinstance(value, (str, int, float))


def flat(value):
    if not is_list(value):
        return [value]
    return [one for item in value for one in flat(item)]


def found(event, field):
    """What stands at a path, with lists on the way taken apart; a dot may be part of a key."""
    keys = field.split(".")
    places = []

    def walk(holder, start):
        if is_list(holder):
            for item in flat(holder):
                walk(item, start)
        elif isinstance(holder, Mapping):
            for end in range(start + 1, len(keys) + 1):
                key = ".".join(keys[start:end])
                if key not in holder:
                    continue
                if end == len(keys):
                    places.append(holder[key])
                else:
                    walk(holder[key], end)

    walk(event, 0)
    return places


def read(event, *fields):
    """All values of a field, or of the first of these places that has one."""
    for field in fields:
        values = [value for place in found(event, field) for value in flat(place)]
        if any(value is not None for value in values) or field == fields[-1]:
            return values
    return []


def some(value):
    """The values of a derived field."""
    return [] if value is None else flat(value)


def at(event, *fields):
    """What stands at a path of nested maps; None where nothing does."""
    for field in fields:
        value = event
        for key in field.split("."):
            value = value.get(key) if isinstance(value, Mapping) else None
        if value is None and isinstance(event, Mapping):
            value = event.get(field)
        if value is not None:
            return value
    return None
`;

/** The lookup table in which a site says which product an account or host belongs to. */
export const ASSETS = 'tollgate_assets';

/** The derived fields, and what an alert shows, in Python. */
export const DERIVED = String.raw`

def e164(value):
    return value if isinstance(value, str) and E164.fullmatch(value) else None


def country(value):
    """The country of a number's longest prefix; 001 for codes of no country."""
    number = e164(value)
    if number is None:
        return None
    prefixes = (number[1:length] for length in range(LONGEST + 1, 1, -1))
    return next((COUNTRIES[prefix] for prefix in prefixes if prefix in COUNTRIES), None)


def block(value):
    number = e164(value)
    return number and number[:-4]


def block_range(value):
    number = e164(value)
    return number and number[:-6]


def suffix(value):
    number = e164(value)
    return number and number[-4:]


def address(value):
    """A number behind the name of its channel and a colon, or without."""
    return value.split(":", 1)[-1] or None if isinstance(value, str) else None


def decimal(value):
    """A number that is written with digits, a sign and a point."""
    if is_number(value):
        return value
    match = DECIMAL.fullmatch(value) if isinstance(value, str) else None
    if not match:
        return None
    if match[1] is not None:
        return float(value)
    return int(value) if len(value.lstrip("+-")) <= 300 else None


def first(value, other=None):
    """A value, or the first of a list; where there is none, that of the other."""
    value = next(iter(value), None) if is_list(value) else value
    return first(other) if value is None and other is not None else value


def objects(value):
    return value if is_list(value) else [value]


def picked(value, key, by, wanted):
    """Of the first object whose text is the wanted one, in whatever case, what stands under a key."""
    for one in objects(value):
        if isinstance(one, Mapping) and isinstance(one.get(by), str):
            if one.get(by).lower() == wanted.lower():
                return one.get(key)
    return None


def entries(value):
    """The list that stands for a map with data for keys."""
    if is_list(value):
        return [dict(one) for one in value if isinstance(one, Mapping) and isinstance(one.get("name"), str)]
    if not isinstance(value, Mapping):
        return []
    return [
        {**(dict(value[name].items()) if isinstance(value[name], Mapping) else {}), "name": name}
        for name in value
    ]


def changed(value, wanted):
    names = [
        one["name"]
        for one in entries(value)
        if one.get("updated") == wanted and one.get("previous") != wanted
    ]
    return names or None


def pairs(value):
    return [
        f"{one['name']}:{part(one.get('previous'))}>{part(one.get('updated'))}" for one in entries(value)
    ] or None


def part(value):
    if value is None:
        return ""
    text = text_of(value)
    return text if text is not None else json.dumps(plain(value), separators=(",", ":"), ensure_ascii=False)


def plain(value):
    if isinstance(value, Mapping):
        return {key: plain(value[key]) for key in value}
    return [plain(one) for one in value] if is_list(value) else value


def after(value, prefix):
    """What follows a prefix in the first name that begins with it."""
    if not is_list(value):
        return None
    names = (one["name"] for one in entries(value))
    return next((name[len(prefix) :] for name in names if name.startswith(prefix) and name != prefix), None)


def asset(event, own, source, *keys):
    """The product: what the record says, or that of the first key by the site's table, or the key itself."""
    if own is not None:
        return own
    key = next((key for key in keys if isinstance(key, str) and key != ""), source)
    row = event.lookup("${ASSETS}", key) if hasattr(event, "lookup") else None
    return row["asset"] if isinstance(row, Mapping) and row.get("asset") else key


def told(fields):
    """The fields that have values."""
    return {field: plain(values) for field, values in fields.items() if values}


def titled(title, *values):
    """A title with some values, each once."""
    all_texts = [text for one in values for text in map(text_of, one) if text]
    return ": ".join([title, ", ".join(dict.fromkeys(all_texts))]) if all_texts else title
`;

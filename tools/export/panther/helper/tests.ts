/** Sigma's tests of values, in Python. */
export const TESTS = String.raw`

def fold(text):
    return "".join(letter.lower()[0] for letter in text)


def text_of(value):
    """A value as patterns see it: a number is its shortest decimal text."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return value
    if isinstance(value, int):
        return str(value)
    return text_of_float(value) if isinstance(value, float) else None


def text_of_float(value):
    if value == 0:
        return "0"
    sign, digits, exponent = Decimal(repr(value)).as_tuple()
    digits = "".join(map(str, digits)).rstrip("0")
    point = len(Decimal(repr(value)).as_tuple().digits) + exponent
    if 0 < point <= 21:
        text = digits.ljust(point, "0")
        text = text if len(text) == point else f"{text[:point]}.{text[point:]}"
    elif -6 < point <= 0:
        text = f"0.{'0' * -point}{digits}"
    else:
        text = f"{digits[0]}{'.' if len(digits) > 1 else ''}{digits[1:]}e{point - 1:+d}"
    return f"-{text}" if sign else text


def number_of(value):
    """A value as comparisons see it; a text is a number if JSON would write it so."""
    if is_number(value):
        return value if value - value == 0 else None
    match = JSON_NUMBER.fullmatch(value) if isinstance(value, str) else None
    if not match:
        return None
    if match[1] is None and match[2] is None:
        return int(value) if len(value.lstrip("-")) <= 300 else None
    number = float(value)
    return number if number - number == 0 else None


def texts(values, cased):
    all_texts = [text for text in map(text_of, values) if text is not None]
    return all_texts if cased else [fold(text) for text in all_texts]


def equals(values, *wanted, cased=False):
    """Whether a value is one of some texts."""
    wanted = wanted if cased else [fold(text) for text in wanted]
    return any(text in wanted for text in texts(values, cased))


def like(values, *parts, cased=False):
    """Whether a value is like a pattern of texts, ANY, ONE and DASH."""
    pieces = [[]]
    for part in parts:
        if part is ANY:
            pieces.append([])
        else:
            pieces[-1].append(part)
    pieces = [piece_of(piece, cased) for piece in pieces]
    return any(fits(text, pieces) for text in texts(values, cased))


def piece_of(parts, cased):
    """A pattern without ANY: its expression, and how many characters it has."""
    width = 0
    source = ""
    for part in parts:
        if part is ONE:
            source += "."
        elif part is DASH:
            source += f"[{re.escape(DASHES)}]"
        else:
            source += re.escape(part if cased else fold(part))
        width += len(part) if isinstance(part, str) else 1
    return re.compile(source, re.DOTALL), width


def fits(text, pieces):
    """The first piece begins the text, the last ends it, and each between is put at its leftmost place: the time is linear."""
    (first, width), (last, last_width) = pieces[0], pieces[-1]
    if len(pieces) == 1:
        return first.fullmatch(text) is not None
    start, end = width, len(text) - last_width
    if start > end or not first.match(text) or not last.match(text, end):
        return False
    for piece, _ in pieces[1:-1]:
        match = piece.search(text, start, end)
        if not match:
            return False
        start = match.end()
    return True


def exists(event, *fields):
    return any(found(event, field) for field in fields)


def is_null(values):
    """Whether no text, number or truth value is there, at any depth."""
    return not any(holds_scalar(value) for value in values)


def holds_scalar(value):
    if isinstance(value, Mapping):
        return any(holds_scalar(value[key]) for key in value)
    return any(map(holds_scalar, value)) if is_list(value) else is_scalar(value)


def number_is(values, wanted):
    text = text_of(wanted)
    return any((is_number(value) and value == wanted) or text_of(value) == text for value in values)


def compares(values, operator, bound):
    numbers = [number for number in map(number_of, values) if number is not None]
    compare = {
        "<": lambda number: number < bound,
        "<=": lambda number: number <= bound,
        ">": lambda number: number > bound,
        ">=": lambda number: number >= bound,
    }[operator]
    return any(map(compare, numbers))


def boolean_is(values, wanted):
    text = text_of(wanted)
    return any(value is wanted or (isinstance(value, str) and fold(value) == text) for value in values)


def in_network(values, network):
    network = ip_network(network)
    addresses = [address_of(value) for value in values if isinstance(value, str)]
    return any(address is not None and address in network for address in addresses)


def address_of(text):
    if "%" in text or not (":" in text or IPV4.fullmatch(text)):
        return None
    try:
        address = ip_address(LEADING_ZEROS.sub("", text) if ":" in text else text)
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address


def related(values, others, match, cased=False):
    """Whether a value equals, startswith, endswith or contains one of another field's."""
    test = {
        "equals": lambda text, other: text == other,
        "startswith": str.startswith,
        "endswith": str.endswith,
        "contains": lambda text, other: other in text,
    }[match]
    others = texts(others, cased)
    return any(test(text, other) for text in texts(values, cased) for other in others)
`;

"""Masks (遮盖): how numbers and names look wherever nobody gave a reason to see them whole."""


def mask_id(number: str) -> str:
    """``3101**********1324``; shorter papers keep two characters at each end."""
    if len(number) >= 15:
        return number[:4] + "*" * (len(number) - 8) + number[-4:]
    if len(number) > 4:
        return number[:2] + "*" * (len(number) - 4) + number[-2:]
    return "*" * len(number)


def mask_phone(number: str) -> str:
    """``138****5678``; landlines keep area code and the last two digits."""
    if "-" in number:
        area, _, rest = number.partition("-")
        return f"{area}-{'*' * max(0, len(rest) - 2)}{rest[-2:]}"
    if len(number) >= 11:
        return number[:3] + "****" + number[-4:]
    return "*" * max(0, len(number) - 2) + number[-2:]


def mask_name(name: str) -> str:
    """``方**``: for papers that hang in public."""
    return name[:1] + "*" * (len(name) - 1)

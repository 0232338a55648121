"""Short ids that follow one that is taken: s1, s2; 01, 02; opening, opening-2."""

import re
from collections.abc import Collection

# A longer number is a date or a place in a text, and the next of it is another.
_NUMBERED = re.compile(r"(?P<stem>[^\W\d_]*)(?P<number>[0-9]{1,4})")
LONGEST = 40


def next_like(ref: str, taken: Collection[str]) -> str:
    """A short id in the form of one that is taken, after all of its form: s4 after s1, s2 and s3.

    What is not numbered gets the first number behind it that makes it new.
    """
    found = _NUMBERED.fullmatch(ref)
    if found is not None:
        alike = [
            same for one in taken if (same := _NUMBERED.fullmatch(one)) and same["stem"] == found["stem"]
        ]
        last = max((int(same["number"]) for same in alike), default=int(found["number"]))
        name = f"{found['stem']}{last + 1:0{len(found['number'])}}"
        if len(name) <= LONGEST:
            return name
    numbers = range(2, len(taken) + 3)
    names = (f"{ref[: LONGEST - len(str(number)) - 1].rstrip('-')}-{number}" for number in numbers)
    return next(name for name in names if name not in taken)

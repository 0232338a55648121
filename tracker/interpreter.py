"""How CPython is to run us: with room on its stack, and looking for garbage less often.

It gives the frames of Python functions memory in pieces of 16 KB. Where a piece ends, a loop that calls a
function has the next piece mapped and unmapped with each call: tens of thousands of times a page, by how deep
in the stack the page happens to be made (docs/adr/0037-room-on-the-stack.md).
"""

import gc
from collections.abc import Callable, Iterable, Iterator
from types import FunctionType
from typing import Any, ParamSpec, TypeVar, cast

# In words of the machine: half of the piece that is made for them (1 MB) is left for what is called.
ROOM = 2**16
_END = object()

P = ParamSpec("P")
T = TypeVar("T")


def with_room(function: Callable[P, T]) -> Callable[P, T]:
    """The function, called with room for the frames of all that it calls, in one piece of memory.

    The frame of the one that calls it says that it needs so much, and gets a piece of its own, the rest of
    which is there for the next ones. It is mapped once a call, and only what is used of it becomes memory.
    """

    def call(*args: Any, **named: Any) -> Any:
        return function(*args, **named)

    roomy = call.__code__.replace(co_stacksize=ROOM)
    return cast("Callable[P, T]", FunctionType(roomy, call.__globals__, closure=call.__closure__))


def each_with_room(items: Iterable[T]) -> Iterator[T]:
    """The items, each made with room on the stack."""
    following = iter(items)
    step = with_room(lambda: next(following, _END))
    while (item := step()) is not _END:
        yield cast("T", item)


def collect_rarely() -> None:
    """Look for garbage among what comes and goes, and less often: a page is thousands of small objects."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)

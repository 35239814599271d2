"""What is typed after an option becomes a value, the same with every Typer and in our words.

Typer from 0.29 on loads pydantic to turn `30` into a number, which takes longer than most answers.
"""

from collections.abc import Callable
from enum import Enum
from functools import partial
from types import UnionType
from typing import Any, get_args, get_origin

from followup_cli.choosing import choose
from followup_cli.errors import FollowupError


def read_values(command: Any, annotations: dict[str, Any]) -> None:
    """Have a command's parameters read by `read_value`.

    Args:
        command: as Typer made it of a function.
        annotations: of each parameter of that function, `Annotated[type, Option(…)]` or `Argument(…)`.
    """
    for parameter in command.params:
        if parameter.name in annotations and not getattr(parameter, "is_flag", False):
            kind, option = get_args(annotations[parameter.name])[:2]
            hint = f"`followup {command.name} -h` shows what it takes"
            name = max(parameter.opts, key=len)
            read = partial(read_value, _plain(kind), name, (option.min, option.max), hint)
            parameter.process_value = partial(_process, parameter, parameter.process_value, read)


def read_help(option: Any) -> Any:
    """Have the option `--help`, where a command has it, read without Typer's help; gives it back."""
    if option is not None:
        option.process_value = lambda context, given: option.callback(context, option, bool(given))
    return option


def _process(
    parameter: Any, refuse: Callable[..., Any], read: Callable[[Any], Any], context: Any, given: Any
) -> Any:
    several = parameter.multiple or parameter.nargs == -1
    if parameter.required and not given:
        return refuse(context, given)  # what is missing is told by Typer
    if given is None:
        return () if several else None
    return tuple(map(read, given)) if several else read(given)


def read_value(kind: Any, name: str, limits: tuple[float | None, float | None], hint: str, given: Any) -> Any:
    """Read one value of an option.

    Args:
        kind: `str`, `Path`, `int`, `float`, or an enumeration.
        name: the option's, as it is typed.
        limits: the least and the greatest number; None for no limit.
        hint: what to try where a value is refused.
        given: what was typed, or the option's default.

    Raises:
        FollowupError: if it is none of that kind, or out of the limits.
    """
    if isinstance(kind, type) and issubclass(kind, Enum):
        return kind(choose(str(given), [str(member.value) for member in kind], name.lstrip("-")))
    if kind not in (int, float):
        return kind(given)
    low, high = limits
    try:
        number = kind(given)
    except ValueError:
        number = None
    if number is None or not (low is None or low <= number) or not (high is None or number <= high):
        what = "a whole number" if kind is int else "a number"
        ends = "".join(f" {word} {end}" for word, end in (("from", low), ("to", high)) if end is not None)
        raise FollowupError(f"`{name}` takes {what}{ends}, not `{str(given)[:60]}`", hint)
    return number


def _plain(kind: Any) -> Any:
    """Give `str` for `str | None` and for `list[str] | None`."""
    if isinstance(kind, UnionType):
        (kind,) = (member for member in get_args(kind) if member is not type(None))
    return get_args(kind)[0] if get_origin(kind) is list else kind

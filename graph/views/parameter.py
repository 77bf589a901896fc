"""Parameters of pictures: what they are called, what they take, and how text from a command line or form becomes a value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from aikg.ontology.errors import GraphError
from aikg.ontology.language import say

__all__ = ["LANG", "Parameter", "typed"]


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter of a picture.

    `datatype` is text, text_list, integer, boolean or file (a path, which a server must not take from its page);
    `choices` are all values, where they are few, `least` the least number. `values` are the labels of nodes that a text
    may name (City), as in the catalogue of questions.
    """

    name: str
    datatype: str
    default: Any
    description: Mapping[str, str]
    choices: tuple[str, ...] = ()
    least: int | None = None
    values: tuple[str, ...] = ()


LANG = Parameter("lang", "text", "zh", {"zh": "图中文字的语言", "en": "language of the picture's words"}, ("zh", "en"))
_TRUE, _FALSE = {"true", "yes", "1", "是"}, {"false", "no", "0", "否"}


def typed(picture: str, parameters: tuple[Parameter, ...], options: Mapping[str, Any]) -> dict[str, Any]:
    """Options as values of their parameters. GraphError for an unknown parameter or a value that does not fit."""
    known = {parameter.name: parameter for parameter in parameters}
    for key in options:
        if key not in known:
            raise GraphError(
                say(
                    f"picture '{picture}' has no parameter '{key}'; it has {', '.join(known)}",
                    f"图 {picture} 没有参数“{key}”；它的参数有 {'、'.join(known)}",
                )
            )
    return {key: _value(picture, known[key], value) for key, value in options.items() if value is not None}


def _value(picture: str, parameter: Parameter, value: Any) -> Any:
    where = say(f"picture '{picture}': {parameter.name}", f"图 {picture} 的参数 {parameter.name} ")
    if parameter.datatype == "text_list":
        listed = value.replace("，", ",").split(",") if isinstance(value, str) else list(value)
        return [word.strip() for word in listed if word.strip()]
    if parameter.datatype == "integer":
        try:
            number = int(value)
        except (TypeError, ValueError):
            raise GraphError(
                where + say(f" must be a whole number, not '{value}'", f"应为整数，不能是“{value}”")
            ) from None
        if parameter.least is not None and number < parameter.least:
            raise GraphError(
                where
                + say(
                    f" must be at least {parameter.least}, not {number}", f"至少为 {parameter.least}，不能是 {number}"
                )
            )
        return number
    if parameter.datatype == "boolean":
        word = str(value).strip().lower()
        if word not in _TRUE | _FALSE:
            raise GraphError(
                where + say(f" must be true or false, not '{value}'", f"应为 true 或 false，不能是“{value}”")
            )
        return word in _TRUE
    if parameter.choices and value not in parameter.choices:
        choices = parameter.choices
        raise GraphError(
            where
            + say(
                f" must be one of {', '.join(choices)}, not '{value}'",
                f"只能是 {'、'.join(choices)}，不能是“{value}”",
            )
        )
    return str(value)

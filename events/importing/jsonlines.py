"""JSON Lines: one object a line, numbered from 1; empty lines are no records."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from events.importing import reading
from events.importing.reading import Record
from events.importing.told import Problem, Unreadable


def rows(path: Path) -> Iterator[Record]:
    """Raises ``Unreadable`` for a file without records, or with too many."""
    number = 0
    with reading.as_text(path, newline="\n") as text:
        for line in reading.lines(text):
            if not line.strip("\ufeff \t\r\n"):
                continue
            number += 1
            if number > reading.MAX_ROWS:
                sentence = f"The file has more than {reading.MAX_ROWS} records; cut it in parts."
                raise Unreadable(reading.of_file(sentence))
            yield _record(number, line)
    if not number:
        raise Unreadable(reading.of_file("The file is empty."))


def _record(number: int, line: str) -> Record:
    try:
        return reading.record(number, _object(line).items())
    except ValueError as error:
        return [Problem(number, None, str(error))]


def _object(line: str) -> dict[str, str]:
    try:
        value = json.loads(line, object_pairs_hook=_once, parse_constant=_no_number)
    except json.JSONDecodeError as error:
        raise ValueError(f"This is not JSON: {error.msg} at character {error.pos + 1}.") from error
    except RecursionError as error:
        raise ValueError("This JSON is nested too deeply.") from error
    if not isinstance(value, dict):
        raise ValueError("Each line must be a JSON object.")
    if len(value) > reading.MAX_COLUMNS:
        raise ValueError(f"This object has {len(value)} names; at most {reading.MAX_COLUMNS} are read.")
    return {name: _scalar(name, cell) for name, cell in value.items() if cell is not None}


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        twice = Counter(name for name, _ in pairs).most_common(1)[0][0]
        raise ValueError(f"“{twice[:100]}” stands in this object twice.")
    return found


def _no_number(word: str) -> Any:
    raise ValueError(f"{word} is not JSON.")


def _scalar(name: str, value: Any) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    raise ValueError(f"“{name[:100]}” must be text or null.")

"""Files in, events out: read, understood row by row, stored whole or not at all. One module a format."""

from events.importing.formats import FORMATS
from events.importing.running import Choices, Summary, import_file
from events.importing.told import Problem

__all__ = ["FORMATS", "Choices", "Problem", "Summary", "import_file"]

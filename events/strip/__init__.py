"""The strip: what looks saw of an event's page over time, one line a territory, drawn on the server as SVG.

``read_strip`` reads, in a constant number of queries and never more than ``MAX_CELLS`` cells; ``drawn`` turns what was
read into what the template ``strip/strip.html`` shows, with ``stillblocked/strip.css`` and ``stillblocked/strip.js``.
"""

from events.strip.drawing import Drawn, drawn
from events.strip.facts import Strip
from events.strip.reading import MAX_CELLS, read_strip, watched

__all__ = ["MAX_CELLS", "Drawn", "Strip", "drawn", "read_strip", "watched"]

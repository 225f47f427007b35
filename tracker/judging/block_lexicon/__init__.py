"""The words in which networks say that they block, written by us.

Each value is an alternation in the syntax of RE2, over text that ``block_words.folded`` made: lower case, no marks on
Arabic letters, ``ё`` as ``е``, ``ı`` as ``i``. What the kinds of words are for stands at ``Tongue``.
"""

from tracker.judging.block_lexicon import eastern, european, northern, southern, western
from tracker.judging.block_lexicon.matters import FILTER_SAYS, FILTERS, NOT_A_BLOCK, OTHER_MATTERS, POINTING
from tracker.judging.block_lexicon.tongue import Tongue

TONGUES: tuple[Tongue, ...] = (
    *northern.TONGUES,
    *western.TONGUES,
    *european.TONGUES,
    *southern.TONGUES,
    *eastern.TONGUES,
)

__all__ = [
    "FILTERS",
    "FILTER_SAYS",
    "NOT_A_BLOCK",
    "OTHER_MATTERS",
    "POINTING",
    "TONGUES",
    "Tongue",
]

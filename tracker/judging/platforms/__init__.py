"""What each platform says when a page is withheld, removed, gone, closed or alive: one file a platform.

Each file gives ``RULES`` in the order legal, removed, gone, restricted, alive. Legal comes before removed
because platforms word removals like blocks; alive comes last because it has to be the page's own content.
"""

from tracker.judging.platforms import generic, rehearsal, telegram, vk, x, youtube

RULES = (*rehearsal.RULES, *vk.RULES, *telegram.RULES, *youtube.RULES, *x.RULES)

__all__ = ["RULES", "generic"]

"""One page, one address: every way to write a page's URL becomes the same canonical URL, or a refusal.

Two researchers who paste ``m.vk.com/club1`` and ``https://vk.com/public1`` mean the same page, and a
database that holds it twice counts one block as two. What an address is on a platform is in ``shapes``,
which platforms there are in ``platforms``, and what no address may contain in ``parts``.
"""

from tracker.addresses.canonical import Canonical, canonical
from tracker.addresses.parts import MAX_LENGTH, AddressRefused
from tracker.addresses.platforms import PLATFORMS, PlatformFact

__all__ = ["MAX_LENGTH", "PLATFORMS", "AddressRefused", "Canonical", "PlatformFact", "canonical"]

"""The demo workspace: documented blocks to look around in, and pages of the rehearsal platform to see the job done."""

from events.demo.loading import Loaded, NotEmpty, load_demo

__all__ = ["Loaded", "NotEmpty", "load_demo"]

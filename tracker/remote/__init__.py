"""A vantage point that is a worker elsewhere: it has the broker only, no database and no secret of ours.

Home asks (``asking``), the worker looks and answers (``worker``). Neither believes the other: the worker keeps its own
bounds and egress guard whatever it is asked, and home takes apart what comes back as it would any hostile input.
Nothing here knows Django.
"""

from .asking import observe_from
from .messages import readable_name

__all__ = ["observe_from", "readable_name"]

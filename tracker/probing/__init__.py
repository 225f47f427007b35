"""WHAT HAPPENED. Touches the network, interprets nothing, and never raises for what the network does.

observation = await observe(url, network=RealNetwork(), now=now)
"""

from .egress import DEFAULT_PORTS, EgressPolicy, EgressRefused, networks, public_reason
from .limits import Limits
from .network import Network, RealNetwork, Resolver, system_resolvers
from .probe import observe
from .record import SCHEMA_VERSION, UnknownRecord, from_json, to_json
from .stages.http import Manner
from .target import Origin, Target, UnreadableUrl, read_url
from .via import Via

__all__ = [
    "DEFAULT_PORTS",
    "SCHEMA_VERSION",
    "EgressPolicy",
    "EgressRefused",
    "Limits",
    "Manner",
    "Network",
    "Origin",
    "RealNetwork",
    "Resolver",
    "Target",
    "UnknownRecord",
    "UnreadableUrl",
    "Via",
    "from_json",
    "networks",
    "observe",
    "public_reason",
    "read_url",
    "system_resolvers",
    "to_json",
]

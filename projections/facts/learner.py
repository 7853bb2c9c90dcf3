"""One row per agent that is linked to another: agents of one person have one learner key.

An agent without a link is its own learner and not here. The learner key is the smallest agent key of the person, so
that the order in which links come in does not matter.

grain: store, agent_key
reads: person_link
column store: the controller's store
column agent_key: agent key
column learner_key: the person's key: the smallest of their agent keys
"""

from collections.abc import Mapping

import pyarrow as pa

SCHEMA = pa.schema([("store", pa.string()), ("agent_key", pa.string()), ("learner_key", pa.string())])


def project(inputs: Mapping[str, pa.Table]) -> pa.Table:
    """Connected components of the links, by union and find."""
    parent: dict[tuple[str, str], tuple[str, str]] = {}
    for link in inputs["person_link"].to_pylist():
        one, other = (link["store"], link["agent_key"]), (link["store"], link["linked_to"])
        first, second = sorted((_root(parent, one), _root(parent, other)))
        parent[second] = first
    rows = [
        {"store": store, "agent_key": agent, "learner_key": _root(parent, (store, agent))[1]}
        for store, agent in sorted(parent)
    ]
    return pa.Table.from_pylist(rows, schema=SCHEMA)


def _root(parent: dict[tuple[str, str], tuple[str, str]], agent: tuple[str, str]) -> tuple[str, str]:
    """The smallest agent that this one is linked to, remembered for all on the way."""
    way = []
    while parent.setdefault(agent, agent) != agent:
        way.append(agent)
        agent = parent[agent]
    for each in way:
        parent[each] = agent
    return agent

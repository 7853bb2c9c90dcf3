"""Agent keys: what stands for an agent outside of the payload, so that no identifier leaves the store."""

import hashlib
import hmac
from typing import Any

LONGEST_REMEMBERED = 500


class AgentKeys:
    """Agent keys under one secret: the same agent has the same key, and nobody without the secret can make it.

    The keys of agents met lately are remembered, at most `most_remembered` of them.
    """

    def __init__(self, secret: bytes, version: int, most_remembered: int = 100_000) -> None:
        self._secret, self._version, self._most_remembered = secret, version, most_remembered
        self._known: dict[str, str] = {}

    def key(self, agent: dict[str, Any]) -> str:
        """The key `<version>-<32 hex digits>` of an Agent or Group.

        An agent is its IFI (Data 2.4.2.3): a mailbox counts through its SHA-1, so that mbox and mbox_sha1sum of one
        mailbox meet. A group without an IFI is the set of its members.
        """
        name = canonical_ifi(agent) or "group:" + ",".join(sorted(map(self.key, agent.get("member", []))))
        return self._known.get(name) or self._make(name)

    def _make(self, name: str) -> str:
        digest = hmac.digest(self._secret, name.encode("utf-8", "surrogatepass"), hashlib.sha256)
        key = f"{self._version}-{digest[:16].hex()}"
        if len(name) <= LONGEST_REMEMBERED:
            if len(self._known) >= self._most_remembered:
                self._known.clear()
            self._known[name] = key
        return key


def canonical_ifi(agent: dict[str, Any]) -> str | None:
    """The inverse functional identifier as one text, None for a group without one."""
    if "mbox" in agent:
        sha1 = hashlib.sha1(agent["mbox"].encode("utf-8", "surrogatepass"), usedforsecurity=False)
        return "mbox_sha1sum:" + sha1.hexdigest()
    if "mbox_sha1sum" in agent:
        return "mbox_sha1sum:" + str(agent["mbox_sha1sum"]).lower()
    if "openid" in agent:
        return f"openid:{agent['openid']}"
    if "account" in agent:
        account = agent["account"]
        return (
            f"account:{account['homePage']} {account['name']}"  # an IRI holds no space, so the two stay apart
        )
    return None

"""The digital environments of the simulated schools. A learner has an account of its own on each."""

from typing import Any, NamedTuple

from lrs.simulate.seeded import seeded_id

Agent = dict[str, Any]


class Platform(NamedTuple):
    """`offline`: its app keeps what a learner does without a connection, and sends it later."""

    name: str
    home_page: str
    offline: bool
    sends_names: bool


# Goals, plans, help, feedback, conversations.
LEERPLEIN = Platform("Leerplein", "https://leerplein.example", offline=False, sends_names=False)
# Exercises and cmi5 lessons.
OEFENHOEK = Platform("Oefenhoek", "https://oefenhoek.example", offline=True, sends_names=False)
# Videos. It sends people's names along, as some do.
KIJKKLAS = Platform("Kijkklas", "https://kijkklas.example", offline=True, sends_names=True)
# Games by a maker who never read the specification; the schools never linked its accounts.
SPRINTBOX = Platform("Sprintbox", "https://sprintbox.example", offline=True, sends_names=False)
LINKED = (LEERPLEIN, OEFENHOEK, KIJKKLAS)
PLATFORMS = (*LINKED, SPRINTBOX)


def account_name(seed: int, platform: Platform, person: str) -> str:
    """A pseudonym: it says nothing about the person, and differs per platform."""
    return seeded_id(seed, "account", platform.name, person)[:13]


def agent(seed: int, platform: Platform, person: str, full_name: str) -> Agent:
    account = {"homePage": platform.home_page, "name": account_name(seed, platform, person)}
    named = {"name": full_name} if platform.sends_names else {}
    return {"objectType": "Agent", **named, "account": account}


def service(platform: Platform) -> Agent:
    """The platform itself, as the one who withdraws a statement."""
    return {"objectType": "Agent", "account": {"homePage": platform.home_page, "name": "platform"}}


def activity(iri: str, activity_type: str, title: str, **definition: Any) -> dict[str, Any]:
    return {
        "objectType": "Activity",
        "id": iri,
        "definition": {"type": activity_type, "name": {"nl-BE": title}, **definition},
    }

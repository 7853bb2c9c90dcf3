"""Names that could stand on a Flemish class list; whom they name does not exist."""

from random import Random

_FIRST = """
Lotte Emma Noor Louise Elif Amber Fien Jana Marie Yasmina Nina Elena Aya Hanne Lore Zoë Sara Mila Julie Imane
Lucas Noah Finn Arthur Mohamed Liam Wout Senne Adam Jules Seppe Bilal Milan Lars Kobe Daan Emre Victor Thibo Rayan
"""
_LAST = """
Peeters, Janssens, Maes, Jacobs, Willems, Claes, Goossens, Wouters, De Smet, Vermeulen, Aerts, Dubois, Lambrecht,
Van den Broeck, El Amrani, Yilmaz, Hermans, Michiels, Verhoeven, De Clercq, Baert, Smets, Van Damme, Cools,
Bogaerts, Nguyen, Haddad, Desmet, Vandenberghe, Stevens
"""


def name(chance: Random) -> tuple[str, str]:
    """A first and a last name."""
    return chance.choice(_FIRST.split()), chance.choice(_LAST.split(",")).strip()

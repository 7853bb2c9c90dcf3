"""How thoroughly property tests look: `--hypothesis-profile thorough` for longer runs.

No example has a deadline: on a busy machine it would fail for nothing.
"""

from hypothesis import settings

settings.register_profile("fast", deadline=None)
settings.register_profile("thorough", deadline=None, max_examples=1000)
settings.load_profile("fast")

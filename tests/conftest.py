"""How thoroughly property tests and fuzzing look: LRS_TEST_EXAMPLES is `fast`, as when it is not set, `full`, as in CI,
or `thorough`, for a night; `--hypothesis-profile` takes the same names.

No example has a deadline: on a busy machine it would fail for nothing.
"""

import os

from hypothesis import settings

for _name, _examples in (("fast", 40), ("full", 100), ("thorough", 1000)):
    settings.register_profile(_name, deadline=None, max_examples=_examples)
settings.load_profile(os.environ.get("LRS_TEST_EXAMPLES", "fast"))

"""How often something that takes long is done, so that it never takes more than its part of the time."""

import math


class Pace:
    """Work that may take a tenth of the time: after 20 seconds of it, 200 seconds pass from its beginning.

    Moments are seconds of a clock that never goes back.
    """

    PART = 10

    def __init__(self) -> None:
        self._next = -math.inf

    def allows(self, now: float) -> bool:
        return now >= self._next

    def took(self, began: float, ended: float) -> None:
        self._next = began + self.PART * (ended - began)

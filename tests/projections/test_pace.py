"""What takes long is done less often."""

from projections.pace import Pace


def test_the_first_time_is_at_once() -> None:
    assert Pace().allows(0.0)


def test_it_waits_ten_times_as_long_as_it_took() -> None:
    pace = Pace()
    pace.took(100.0, 120.0)
    assert not pace.allows(299.0)
    assert pace.allows(300.0)


def test_what_became_quick_is_done_more_often_again() -> None:
    pace = Pace()
    pace.took(100.0, 120.0)
    pace.took(300.0, 301.0)
    assert pace.allows(310.0)

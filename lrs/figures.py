"""Figures in the text that Prometheus reads."""

from collections.abc import Callable, Iterable, Sequence
from itertools import accumulate
from typing import Any, NamedTuple

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"


class Gauge(NamedTuple):
    """What is so now: name, meaning, names of its labels, and for each sample their values and a number."""

    name: str
    meaning: str
    labels: tuple[str, ...]
    samples: Sequence[tuple[tuple[str, ...], float]]


class Count(NamedTuple):
    """What has happened since the start; as a Gauge, shown with `_total` behind its name."""

    name: str
    meaning: str
    labels: tuple[str, ...]
    samples: Sequence[tuple[tuple[str, ...], float]]


class Spread(NamedTuple):
    """A histogram: each sample has, for every bound and for what is over the last, how many; and the sum of all."""

    name: str
    meaning: str
    labels: tuple[str, ...]
    bounds: tuple[float, ...]
    samples: Sequence[tuple[tuple[str, ...], Sequence[int], float]]


Figures = Callable[[], Iterable[Gauge]]


def no_figures() -> Iterable[Gauge]:
    return ()


def rendered(figures: Iterable[Gauge | Count | Spread]) -> bytes:
    """Figures in Prometheus's text format 0.0.4; UTF-8."""
    # Not at the top: it takes a while to load, and most commands have nothing to show to Prometheus.
    from prometheus_client import CollectorRegistry, generate_latest
    from prometheus_client.registry import Collector

    class Read(Collector):
        def collect(self) -> Iterable[Any]:
            return map(_family, figures)

    registry = CollectorRegistry(auto_describe=False)
    registry.register(Read())
    return generate_latest(registry)


def _family(figure: Gauge | Count | Spread) -> Any:
    from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily

    if isinstance(figure, Spread):
        spread = HistogramMetricFamily(figure.name, figure.meaning, labels=figure.labels)
        for values, counts, total in figure.samples:
            bounds = [*map(repr, map(float, figure.bounds)), "+Inf"]
            spread.add_metric(values, list(zip(bounds, accumulate(counts), strict=True)), total)
        return spread
    kind = GaugeMetricFamily if isinstance(figure, Gauge) else CounterMetricFamily
    family = kind(figure.name, figure.meaning, labels=figure.labels)
    for values, number in figure.samples:
        family.add_metric(values, number)
    return family

"""What the settings want observed of one server process, joined to its app."""

import os
from collections.abc import Callable, Iterable

from flask import Flask, request

from lrs.event_log.writer import Commit
from lrs.figures import Figures
from lrs.http.figures import log_figures
from lrs.http.meters import Meters
from lrs.http.metrics import NAME, is_free, metrics_resource
from lrs.http.observe import observe
from lrs.http.parts import NAME as PARTS
from lrs.http.shared_meters import SharedMeters, folder_of
from lrs.http.traces import Tracer, open_tracer
from lrs.settings import Settings


class Observing:
    """The meters and the tracer of one process, None what is switched off."""

    def __init__(self, settings: Settings) -> None:
        """Raises TracesUnusable."""
        self._settings = settings
        self._meters = None if settings.metrics == "off" else Meters()
        self._tracer: Tracer | None = open_tracer() if settings.traces else None

    def on_commit(self, commit: Commit) -> None:
        """For the writer, once for each commit."""
        if self._meters is not None:
            self._meters.note(commit)
        if self._tracer is not None:
            self._tracer.commit(commit)

    def observe(self, app: Flask) -> None:
        """Observe its requests; before anything else that looks at them is registered."""
        observe(app, self._meters, self._tracer, log_access=self._settings.log_access)

    def serve_figures(self, app: Flask, beside: Iterable[Figures]) -> Callable[[], bool]:
        """Serve /metrics, if wanted; returns whether the current request is one that may read them freely."""
        if self._meters is None:
            return lambda: False
        figures = (log_figures(app.extensions[PARTS].database), *beside)
        allowed = self._settings.metrics
        shared = SharedMeters(self._meters, folder_of(os.environ))
        app.register_blueprint(metrics_resource(shared, figures, allowed))
        return lambda: request.blueprint == NAME and is_free(allowed)

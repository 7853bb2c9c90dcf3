"""create_app(settings): the one place where the parts are joined."""

import gc
import hashlib
import hmac
import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Sequence

from flask import Flask, request

from lrs.event_log.database import Database, open_database
from lrs.event_log.migrate import is_migrated, migrate
from lrs.event_log.secret import agent_key_bytes, hold_to_secret
from lrs.event_log.writer import Commit, Writer
from lrs.http.about import about_resource
from lrs.http.activities import activities
from lrs.http.activity_profile import activity_profile
from lrs.http.agent_profile import agent_profile
from lrs.http.agents import agents
from lrs.http.alternate_syntax import PROBLEM, AlternateSyntax
from lrs.http.behind_proxy import BehindProxy
from lrs.http.body import unpack_body
from lrs.http.caching import keep_caches_fresh
from lrs.http.credentials import CredentialMemory, read_credentials
from lrs.http.cross_origin import answer_preflight, name_origin
from lrs.http.docs import docs
from lrs.http.errors import register_errors
from lrs.http.health import health
from lrs.http.joined import NAME as JOINED
from lrs.http.joined import Joined, find_joined
from lrs.http.observing import Observing
from lrs.http.parameters import check_encoding
from lrs.http.parts import NAME, Parts
from lrs.http.service import Service
from lrs.http.state import state
from lrs.http.statements import statements
from lrs.http.version import name_version, read_version
from lrs.index.rebuild import reindex
from lrs.index.version import is_current
from lrs.logs import log_to_stderr
from lrs.profile.files import read_profiles
from lrs.profile.profiles import Profiles
from lrs.settings import Settings
from lrs.statement.agent_key import AgentKeys

# Blueprints that ask for neither a version nor credentials.
OPEN = (about_resource.name, health.name, docs.name)


class NotReady(RuntimeError):
    """The database is not as this release needs it; the text names the command that mends it."""


def create_app(settings: Settings, joined: Sequence[Joined] | None = None) -> Flask:
    """The LRS as a WSGI application, with the resources that join it: those of installed packages when not given.

    Raises NotReady, DatabaseUnusable, WrongSecret or TracesUnusable when it could not work; nothing is left half open.
    """
    observing = Observing(settings)
    app = Service("lrs", static_folder=None)
    app.config["MAX_CONTENT_LENGTH"] = settings.max_body_bytes
    app.url_map.strict_slashes = False
    app.extensions[NAME] = open_parts(settings, observing.on_commit)
    register_errors(app)
    observing.observe(app)
    for resource in (statements, activities, state, activity_profile, agents, agent_profile, about_resource):
        app.register_blueprint(resource, url_prefix="/xAPI")
    app.register_blueprint(health)
    app.register_blueprint(docs)
    app.extensions[JOINED] = find_joined(settings) if joined is None else tuple(joined)
    for each in app.extensions[JOINED]:
        app.register_blueprint(each.blueprint)
    beside = frozenset(each.blueprint.name for each in app.extensions[JOINED])
    is_free = observing.serve_figures(app, [each.figures for each in app.extensions[JOINED]])
    memory = CredentialMemory(settings.credential_seconds)
    app.before_request(answer_preflight)
    app.before_request(lambda: _guard(memory, beside | {"metrics"}, is_free))
    app.after_request(name_version)
    app.after_request(name_origin)
    app.after_request(keep_caches_fresh)
    form = AlternateSyntax(app.wsgi_app, settings.max_body_bytes)
    app.wsgi_app = BehindProxy(form, settings.public_url, trusts=settings.trust_proxy)  # type: ignore[method-assign]
    return app


def _guard(memory: CredentialMemory, beside: frozenset[str], is_free: Callable[[], bool]) -> None:
    """Resources that are not open ask for credentials, and those of xAPI for a version; no such path is a plain 404."""
    if PROBLEM in request.environ:
        raise request.environ[PROBLEM]
    if request.endpoint is not None and request.blueprint not in OPEN and not is_free():
        if request.blueprint not in beside:
            read_version()
        read_credentials(memory)
        check_encoding()
        unpack_body()


def create_app_from_environment() -> Flask:
    """What the server processes of `lrs serve` call: settings come from LRS_* variables."""
    if hasattr(os, "SCHED_BATCH"):
        # Threads of one group commit wake each other; without this the kernel runs the woken one at once, which then
        # waits for the interpreter lock of the one it displaced.
        os.sched_setscheduler(0, os.SCHED_BATCH, os.sched_param(0))
    _stop_with_parent()
    settings = Settings.from_environment(os.environ)
    log_to_stderr(settings.log)
    app = create_app(settings)
    # Requests leave almost no cycles behind: looking for them after every 700 objects is time lost.
    gc.set_threshold(20_000, 20, 20)
    gc.freeze()  # what is loaded now stays; the collector need not walk it for each new request's garbage
    return app


def _stop_with_parent() -> None:
    """A worker whose parent was killed would keep the port from the server that is started in its place."""
    parent = multiprocessing.parent_process()
    if parent is None:
        return

    def wait() -> None:
        parent.join()
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=wait, name="stop-with-parent", daemon=True).start()


def open_parts(settings: Settings, on_commit: Callable[[Commit], None] = lambda commit: None) -> Parts:
    """The parts without HTTP, for commands that work on the log directly; `on_commit` is told of each commit.

    Raises as create_app does, and InvalidProfile for a profile of LRS_PROFILES that cannot be used.
    """
    profiles = read_profiles(settings.profiles)
    database = open_database(settings.database_url, pool_size=settings.readers)
    secret = agent_key_bytes(settings.agent_key_secret, settings.home)
    keys = AgentKeys(secret, settings.agent_key_version)
    if settings.migrate_on_start:
        bring_up_to_date(database, keys, profiles)
    _refuse_unprepared(database)
    hold_to_secret(database, secret, settings.agent_key_version)
    token_secret = hmac.digest(secret, b"leerspoor more link", hashlib.sha256)
    return Parts(settings, database, Writer(database, on_commit), keys, token_secret, profiles)


def bring_up_to_date(database: Database, keys: AgentKeys, profiles: Profiles) -> list[str]:
    """Apply missing migrations and fill an index of another version anew; returns what was done, in words."""
    done = [f"migration {number}" for number in migrate(database)]
    with database.reading() as connection:
        current = is_current(connection)
    if not current:
        done.append(f"index filled with {reindex(database, keys, profiles)} events")
    return done


def _refuse_unprepared(database: Database) -> None:
    with database.reading() as connection:
        if not (is_migrated(connection) and is_current(connection)):
            raise NotReady("the database is not up to date: run `lrs migrate`")

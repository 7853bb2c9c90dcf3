"""Every `LRS_*` value: read once, checked at start, frozen."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, get_type_hints

MEBIBYTE = 1024 * 1024
MOST_RETENTION_HOURS = 7 * 24


class InvalidSetting(ValueError):
    """A setting cannot be used; the text names the variable, what it holds and what it takes."""


def _setting(default: Any, meaning: str) -> Any:
    return field(default=default, metadata={"meaning": meaning})


def _secret(meaning: str) -> Any:
    return field(default="", metadata={"meaning": meaning, "secret": True})


@dataclass(frozen=True, slots=True, repr=False)
class Settings:
    """Immutable settings of every process of one installation.

    A field `name` is read from the environment variable `LRS_NAME`; `Settings()` is the embedded default. What is
    secret may be in a file that `LRS_NAME_FILE` names, and is not in the text that `repr` gives.
    """

    home: Path = _setting(
        Path("data"), "Data directory of the embedded form: log, warehouse, published files"
    )
    database: str = _secret("SQLAlchemy address of the event log; default: SQLite in LRS_HOME")
    database_connections: int = _setting(
        10, "PostgreSQL connections that one server process reads with; it writes with one more"
    )
    host: str = _setting("127.0.0.1", "Address to listen on")
    port: int = _setting(8080, "Port to listen on")
    workers: int = _setting(1, "Server processes; each takes one core of validation and reading")
    threads: int = _setting(32, "Requests that one server process handles side by side")
    public_url: str = _setting("", "Where clients reach us (scheme, host, path prefix), behind a proxy")
    origins: str = _setting("*", "Origins whose pages may call us (space-separated), or * for all")
    default_version: str = _setting("1.0.3", "xAPI version named to a client that names none: 1.0.3 or 2.0.0")
    agent_key_secret: str = _secret("Secret of agent keys; default: a file in LRS_HOME, made once")
    agent_key_version: int = _setting(1, "Number of that secret")
    credential_seconds: float = _setting(1.0, "How long a checked credential is trusted without a look-up")
    max_body_bytes: int = _setting(32 * MEBIBYTE, "Largest request body")
    max_attachment_bytes: int = _setting(100 * MEBIBYTE, "Largest content of an attachment")
    max_upload_bytes: int = _setting(256 * MEBIBYTE, "Largest request with attachments, all of it")
    max_batch: int = _setting(10_000, "Most statements in one request")
    max_json_depth: int = _setting(100, "Deepest nesting of a statement")
    page_size: int = _setting(100, "Statements on a page when the client names no limit")
    max_page_size: int = _setting(1000, "Most statements on a page; what limit=0 means")
    max_page_bytes: int = _setting(
        16 * MEBIBYTE, "Most bytes of statements on a page, attachments not counted"
    )
    migrate_on_start: bool = _setting(True, "Bring the database up to date when a process starts")
    log: str = _setting("text", "Form of log lines on stderr: text or json")
    log_access: bool = _setting(False, "Write a log line for each request")
    metrics: str = _setting(
        "local", "Who may read /metrics without the scope metrics/read: local, open (everyone), none; or off"
    )
    projector_metrics: str = _setting(
        "", "host:port where `lrs project run` serves metrics; default: nowhere"
    )
    traces: bool = _setting(False, "Send traces by OTLP, as OTEL_EXPORTER_OTLP_* say; needs leerspoor[otel]")
    trust_proxy: bool = _setting(False, "Believe the X-Forwarded-Prefix of the proxy before us")
    poll_seconds: float = _setting(0.5, "How often an idle projector looks at the log")
    projector_batch: int = _setting(5000, "Events that the projector folds in one transaction")
    publish_seconds: float = _setting(60.0, "Publish the DuckDB files at most this often")
    publish_parquet: bool = _setting(True, "Write Parquet beside the published DuckDB files")
    small_cell: int = _setting(5, "School figures over fewer learners are withheld; can only be raised")
    small_cell_sensitive: int = _setting(
        10, "The same for self-reported motivation and emotion, and for help; can only be raised"
    )
    projection_folder: Path | None = _setting(None, "A folder with projections of your own")
    rok_folder: Path | None = _setting(None, "A folder with schools' own R-OK lists, <school>.csv each")
    profiles: Path | None = _setting(None, "A folder with xAPI Profiles of others to hold statements to")
    duckdb_threads: int | None = _setting(None, "Threads of the projector's DuckDB; default: its own choice")
    duckdb_memory: str | None = _setting(
        None, "Memory limit of the projector's DuckDB, such as 2GB; default: at most 3GB"
    )
    kafka: str = _setting(
        "", "Kafka's bootstrap servers, as host:port,host:port; without it there is no relay"
    )
    kafka_topic: str = _setting("leerspoor", "The topic that the relay writes and projectors read")
    kafka_partitions: int = _setting(
        12, "Partitions of the topic, fixed at set-up: most projectors side by side"
    )
    kafka_replication: int = _setting(3, "Brokers that keep each partition; 1 for a single broker")
    kafka_retention_hours: int = _setting(168, "How long the topic keeps an event: at most 168, a week")
    kafka_message_bytes: int = _setting(4 * MEBIBYTE, "Largest message of the topic")
    kafka_compression: str = _setting("gzip", "gzip, zstd, lz4, snappy or none; all but gzip need a library")
    kafka_group: str = _setting("leerspoor-projectors", "The consumer group that shares the stores")
    kafka_session_seconds: float = _setting(
        10.0, "How long a projector of the group may be silent before others get its stores"
    )
    kafka_security: str = _setting("PLAINTEXT", "PLAINTEXT, SSL, SASL_PLAINTEXT or SASL_SSL")
    kafka_sasl_mechanism: str = _setting("", "PLAIN, SCRAM-SHA-256 or SCRAM-SHA-512, with SASL")
    kafka_username: str = _setting("", "Name at Kafka, with SASL")
    kafka_password: str = _secret("Password at Kafka, with SASL")
    kafka_ca_file: Path | None = _setting(
        None, "Certificates of Kafka's authority (PEM), with SSL; default: the system's"
    )
    kafka_certificate_file: Path | None = _setting(
        None, "Our certificate (PEM), where Kafka asks for one; with SSL"
    )
    kafka_key_file: Path | None = _setting(None, "Its key (PEM); default: in the file of the certificate")
    kafka_key_password: str = _secret("Password of that key, if it has one")

    def __post_init__(self) -> None:
        _check(self)

    @classmethod
    def from_environment(cls, environ: Mapping[str, str]) -> "Settings":
        """Settings from `LRS_*` variables; others of the environment are left alone.

        Raises InvalidSetting for a variable that no setting has (a misspelling would otherwise be silent), for one
        that does not parse and for one outside its range.
        """
        known = {variable(f.name): f.name for f in fields(cls)}
        given = _with_files({name: value for name, value in environ.items() if _is_ours(name)})
        if unknown := sorted(set(given) - set(known)):
            raise InvalidSetting(f"{unknown[0]} is not a setting; `lrs settings` lists them")
        kinds = get_type_hints(cls)
        return cls(**{known[n]: _parse(n, kinds[known[n]], v) for n, v in given.items() if v != ""})

    @property
    def database_url(self) -> str:
        return self.database or f"sqlite:///{(self.home / 'leerspoor.sqlite').absolute()}"

    @property
    def readers(self) -> int:
        """Connections that one process reads with: those of a file cost nothing, a server's are counted."""
        return self.database_connections if "postgresql" in self.database_url else self.threads + 2

    @property
    def endpoint(self) -> str:
        """The xAPI endpoint as clients should be told, without a slash at its end."""
        return (self.public_url.rstrip("/") or f"http://{self.host}:{self.port}") + "/xAPI"

    def shown(self, name: str) -> str:
        """The value of a field as anybody may see it: of a secret only that there is one, of an address no password."""
        value = getattr(self, name)
        if name in SECRETS and name != "database":
            return "(set)" if value else ""
        return _without_password(str(value))

    def __repr__(self) -> str:
        told = ", ".join(f"{each.name}={self.shown(each.name)!r}" for each in fields(self))
        return f"{type(self).__name__}({told})"


# Each may also be in a file, as containers get theirs.
SECRETS = tuple(each.name for each in fields(Settings) if each.metadata.get("secret"))


def variable(name: str) -> str:
    """The environment variable of a field of Settings."""
    return f"LRS_{name.upper()}"


def _without_password(address: str) -> str:
    """An address without the password that it may have, before its host or among its options."""
    before_host = re.sub(r"(://[^:/@]*):[^@]*@", r"\1:***@", address)
    return re.sub(r"([?&][^=&]*password=)[^&]*", r"\1***", before_host, flags=re.IGNORECASE)


def _with_files(given: Mapping[str, str]) -> dict[str, str]:
    """The same, with what is in files that LRS_..._FILE names; a line's end after a secret is no part of it."""
    found = dict(given)
    for name in map(variable, SECRETS):
        path = found.pop(f"{name}_FILE", "")
        if not path:
            continue
        if found.get(name):
            raise InvalidSetting(f"{name} and {name}_FILE are both set; it takes one of them")
        try:
            found[name] = Path(path).read_text("utf-8").rstrip("\r\n")
        except (OSError, UnicodeDecodeError) as error:
            reason = getattr(error, "strerror", None) or "it is not UTF-8"
            raise InvalidSetting(f"{name}_FILE: {path} cannot be read ({reason})") from error
        if not found[name]:
            raise InvalidSetting(f"{name}_FILE: {path} is empty")
    return found


def _is_ours(name: str) -> bool:
    # LRS_TEST_* name running servers for the test suite, LRS_ADL_SUITE its installed conformance suite.
    return name.startswith("LRS_") and not name.startswith(("LRS_TEST_", "LRS_ADL_"))


def _parse(name: str, kind: Any, text: str) -> Any:
    if kind is bool:
        words = {"1": True, "true": True, "yes": True, "0": False, "false": False, "no": False}
        if text.lower() not in words:
            raise InvalidSetting(f"{name} is {text!r}; it takes true or false")
        return words[text.lower()]
    for parser, accepted in ((int, (int, int | None)), (float, (float,)), (Path, (Path, Path | None))):
        if kind in accepted:
            try:
                return parser(text)
            except ValueError as error:
                raise InvalidSetting(f"{name} is {text!r}; it takes a number") from error
    return text


def _check(settings: Settings) -> None:
    at_least = {
        "database_connections": 1,
        "port": 0, "workers": 1, "threads": 1, "agent_key_version": 1, "credential_seconds": 0, "max_body_bytes": 1,
        "max_attachment_bytes": 1, "max_upload_bytes": 1, "max_batch": 1, "max_json_depth": 10, "page_size": 1,
        "max_page_size": 1, "max_page_bytes": 1, "poll_seconds": 0, "projector_batch": 1, "publish_seconds": 0,
        "small_cell": 5, "small_cell_sensitive": 10, "kafka_partitions": 1, "kafka_replication": 1,
        "kafka_retention_hours": 1, "kafka_message_bytes": 1024, "kafka_session_seconds": 1,
    }  # fmt: skip
    for name, floor in at_least.items():
        if getattr(settings, name) < floor:
            raise InvalidSetting(f"{variable(name)} is {getattr(settings, name)}; it takes {floor} or more")
    if settings.port > 65535:
        raise InvalidSetting(f"LRS_PORT is {settings.port}; a port is at most 65535")
    if settings.default_version not in ("1.0.3", "2.0.0"):
        raise InvalidSetting(f"LRS_DEFAULT_VERSION is {settings.default_version!r}; it takes 1.0.3 or 2.0.0")
    one_of = {"log": ("text", "json"), "metrics": ("local", "open", "none", "off")}
    for name, words in one_of.items():
        if getattr(settings, name) not in words:
            value = getattr(settings, name)
            raise InvalidSetting(f"{variable(name)} is {value!r}; it takes one of {', '.join(words)}")
    host, _, port = settings.projector_metrics.rpartition(":")
    if settings.projector_metrics and not (host and port.isdecimal() and int(port) <= 65535):
        raise InvalidSetting(
            f"LRS_PROJECTOR_METRICS is {settings.projector_metrics!r}; it takes host:port, such as 0.0.0.0:9101"
        )
    if settings.page_size > settings.max_page_size:
        raise InvalidSetting(f"LRS_PAGE_SIZE {settings.page_size} is over LRS_MAX_PAGE_SIZE")
    _check_kafka(settings)


def _check_kafka(settings: Settings) -> None:
    if settings.kafka_retention_hours > MOST_RETENTION_HOURS:
        raise InvalidSetting(
            f"LRS_KAFKA_RETENTION_HOURS is {settings.kafka_retention_hours}; a topic keeps events for a week (168) "
            "at most: everything can be made again from the log"
        )
    one_of = {
        "kafka_compression": ("gzip", "zstd", "lz4", "snappy", "none"),
        "kafka_security": ("PLAINTEXT", "SSL", "SASL_PLAINTEXT", "SASL_SSL"),
        "kafka_sasl_mechanism": ("", "PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512"),
    }
    for name, words in one_of.items():
        if getattr(settings, name) not in words:
            taken = ", ".join(filter(None, words))
            raise InvalidSetting(f"{variable(name)} is {getattr(settings, name)!r}; it takes one of {taken}")
    if settings.kafka_security.startswith("SASL") and not (
        settings.kafka_sasl_mechanism and settings.kafka_username and settings.kafka_password
    ):
        raise InvalidSetting(
            f"LRS_KAFKA_SECURITY is {settings.kafka_security}: it needs LRS_KAFKA_SASL_MECHANISM, "
            "LRS_KAFKA_USERNAME and LRS_KAFKA_PASSWORD"
        )
    _check_kafka_is_as_safe_as_it_looks(settings)


def _check_kafka_is_as_safe_as_it_looks(settings: Settings) -> None:
    """Who names a certificate or a password believes that it is used."""
    only_with = {
        "SSL": ("kafka_ca_file", "kafka_certificate_file", "kafka_key_file", "kafka_key_password"),
        "SASL": ("kafka_sasl_mechanism", "kafka_username", "kafka_password"),
    }
    for protocol, names in only_with.items():
        unused = [variable(name) for name in names if getattr(settings, name)]
        if unused and protocol not in settings.kafka_security:
            raise InvalidSetting(
                f"{unused[0]} is set, but LRS_KAFKA_SECURITY is {settings.kafka_security}, without {protocol}"
            )
    if (settings.kafka_key_file or settings.kafka_key_password) and settings.kafka_certificate_file is None:
        raise InvalidSetting("LRS_KAFKA_KEY_FILE is the key of LRS_KAFKA_CERTIFICATE_FILE, which is not set")

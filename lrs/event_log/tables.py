"""The tables of the event log, as they are after the last migration.

`event_log` is the immutable envelope of an event, `event_payload` what the client sent, to the letter. They are
apart so that an erasure can take a payload and leave the envelope in its place.
"""

import sqlalchemy as sa

log_metadata = sa.MetaData()

# SQLite keeps a table in the order of its key, with no index beside it, if the key is an INTEGER and no BIGINT.
position_type = sa.BigInteger().with_variant(sa.Integer, "sqlite")

# Compared by code point, as SQLite does: a database's own collation may not, and may change with its system's updates.
text_type = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")

event_log = sa.Table(
    "event_log",
    log_metadata,
    sa.Column("position", position_type, primary_key=True, autoincrement=False),
    sa.Column("store", text_type, nullable=False),
    sa.Column("kind", text_type, nullable=False),
    sa.Column("version", sa.SmallInteger, nullable=False),
    sa.Column("statement_id", text_type),  # lower case: only UUIDs compare without case (Data 2.4.1, 4.4)
    sa.Column("stored", sa.BigInteger, nullable=False),  # microseconds since 1970 UTC, strictly increasing
    sa.Column("happened", sa.BigInteger),  # the client's timestamp, likewise; null when it sent none
    sa.Column("agent_keys", text_type, nullable=False),  # JSON array, sorted
    sa.Column("credential", text_type, nullable=False),
    sa.Column("payload_hash", sa.LargeBinary, nullable=False),  # SHA-256 of the payload's UTF-8 text
    sa.Column("equality_hash", sa.LargeBinary),
)
sa.Index("event_log_statement", event_log.c.store, event_log.c.statement_id, unique=True)
sa.Index("event_log_store", event_log.c.store, event_log.c.position)

event_payload = sa.Table(
    "event_payload",
    log_metadata,
    sa.Column("position", position_type, primary_key=True, autoincrement=False),
    sa.Column("body", text_type, nullable=False),
    sa.Column(
        "given", sa.SmallInteger, nullable=False
    ),  # which LRS-set members the client's text has already
    sa.Column("authority", text_type),
    sa.Column("xapi_version", text_type),
)

# Attachments and documents, in chunks: what an event names by its SHA-256.
content = sa.Table(
    "content",
    log_metadata,
    sa.Column("store", text_type, primary_key=True),
    sa.Column("sha2", text_type, primary_key=True),  # lower-case hex
    sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),  # 0, 1, ...
    sa.Column("bytes", sa.LargeBinary, nullable=False),
)

agent_key_secret = sa.Table(
    "agent_key_secret",
    log_metadata,
    sa.Column("version", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("fingerprint", text_type, nullable=False),
)

credential = sa.Table(
    "credential",
    log_metadata,
    sa.Column("key", text_type, primary_key=True),
    sa.Column("store", text_type, nullable=False),
    sa.Column("secret_hash", sa.LargeBinary, nullable=False),
    sa.Column("scopes", text_type, nullable=False),  # space-separated
    sa.Column("label", text_type, nullable=False),
    sa.Column("created", sa.BigInteger, nullable=False),
    sa.Column("revoked", sa.BigInteger),
    sa.Column("profile_check", text_type, nullable=False, server_default="report"),  # off, report or enforce
    sa.Column("lenient", sa.Boolean, nullable=False, server_default=sa.false()),
)

# How far each store's events are in Kafka: where the relay goes on, and no event.
relay_checkpoint = sa.Table(
    "relay_checkpoint",
    log_metadata,
    sa.Column("store", sa.Text, primary_key=True),
    sa.Column("position", sa.BigInteger, nullable=False),  # the last that Kafka has acknowledged
    sa.Column("changed", sa.BigInteger, nullable=False),  # microseconds since 1970 UTC
    sa.Column("problem", sa.Text),  # why the next event cannot be relayed, and what helps
)

"""Tables that answer GETs. Nothing here is truth: `lrs reindex` makes them again from position 0.

IRIs are kept as 16-byte digests: an IRI may be longer than a database's index entry can be.
"""

import hashlib

import sqlalchemy as sa

from lrs.event_log.tables import position_type, text_type

# Raised when the tables or what fills them change: an index of another version is rebuilt when a process starts.
INDEX_VERSION = 7

index_metadata = sa.MetaData()

index_state = sa.Table(
    "index_state",
    index_metadata,
    sa.Column("version", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column(
        "definitions", sa.BigInteger, nullable=False, server_default="0"
    ),  # see lrs/index/activities.py
)

# A filter of GET statements finds a statement also through what it refers to (Communication 2.1.3). So a statement has
# a row for itself, with its own position for `source`, and one more for each statement that it reaches by
# StatementRefs, which holds that one's verb and registration; the agents and activities below likewise.
statement_index = sa.Table(
    "statement_index",
    index_metadata,
    sa.Column("position", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("source", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("distance", sa.SmallInteger, nullable=False),  # references from one to the other, 0 for itself
    sa.Column("store", text_type, nullable=False),
    sa.Column("statement_id", text_type, nullable=False),
    sa.Column("credential", text_type, nullable=False),
    sa.Column("voiding", sa.Boolean, nullable=False),
    sa.Column("verb", sa.LargeBinary, nullable=False),
    sa.Column("registration", text_type),
    sqlite_with_rowid=False,
)
sa.Index("statement_index_verb", statement_index.c.store, statement_index.c.verb, statement_index.c.position)
sa.Index(
    "statement_index_registration",
    statement_index.c.store,
    statement_index.c.registration,
    statement_index.c.position,
    sqlite_where=statement_index.c.registration.is_not(None),
    postgresql_where=statement_index.c.registration.is_not(None),
)

statement_agent = sa.Table(
    "statement_agent",
    index_metadata,
    sa.Column("store", text_type, primary_key=True),
    sa.Column("agent_key", text_type, primary_key=True),
    sa.Column("position", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("source", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("related", sa.Boolean, nullable=False),
    sqlite_with_rowid=False,
)

statement_activity = sa.Table(
    "statement_activity",
    index_metadata,
    sa.Column("store", text_type, primary_key=True),
    sa.Column("activity", sa.LargeBinary, primary_key=True),
    sa.Column("position", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("source", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("related", sa.Boolean, nullable=False),
    sqlite_with_rowid=False,
)

# Who refers to whom, whether the target is there already or not.
statement_reference = sa.Table(
    "statement_reference",
    index_metadata,
    sa.Column("store", text_type, primary_key=True),
    sa.Column("target_id", text_type, primary_key=True),
    sa.Column("position", sa.BigInteger, primary_key=True, autoincrement=False),
    sqlite_with_rowid=False,
)

# A voiding is a fact of its own, whether its target is there already, comes later or never does: that is why any
# order of arrival gives the same answers. Whether it counts is asked when reading (a voiding cannot be voided).
voiding = sa.Table(
    "voiding",
    index_metadata,
    sa.Column("store", text_type, primary_key=True),
    sa.Column("target_id", text_type, primary_key=True),
    sa.Column("position", sa.BigInteger, primary_key=True, autoincrement=False),
    sqlite_with_rowid=False,
)

# What is known of an activity: the definitions that statements gave, put together.
activity = sa.Table(
    "activity",
    index_metadata,
    sa.Column("store", text_type, primary_key=True),
    sa.Column("activity", sa.LargeBinary, primary_key=True),
    sa.Column("activity_id", text_type, nullable=False),
    sa.Column("definition", text_type, nullable=False),
    sqlite_with_rowid=False,
)

# State and profile documents as they are now. What does not belong to a resource's address is empty, never null, so
# that the key holds; ids may be longer than a key can be.
document = sa.Table(
    "document",
    index_metadata,
    sa.Column("store", text_type, primary_key=True),
    sa.Column("resource", text_type, primary_key=True),
    sa.Column("activity", sa.LargeBinary, primary_key=True),
    sa.Column("agent_key", text_type, primary_key=True),
    sa.Column("registration", text_type, primary_key=True),
    sa.Column("document", sa.LargeBinary, primary_key=True),
    sa.Column("document_id", text_type, nullable=False),
    sa.Column("content_type", text_type, nullable=False),
    sa.Column("sha2", text_type, nullable=False),
    sa.Column("etag", text_type, nullable=False),
    sa.Column("updated", sa.BigInteger, nullable=False),  # microseconds since 1970 UTC
    sqlite_with_rowid=False,
)

# What leaves the LRS: see lrs/feed.py.
analytic_form = sa.Table(
    "analytic_form",
    index_metadata,
    sa.Column("position", position_type, primary_key=True, autoincrement=False),
    sa.Column("form_version", sa.SmallInteger, nullable=False),
    sa.Column("form", text_type, nullable=False),
)

# The reference data as it stands: see lrs/index/reference.py.
reference_entity = sa.Table(
    "reference_entity",
    index_metadata,
    sa.Column("store", text_type, primary_key=True),
    sa.Column("type", text_type, primary_key=True),
    sa.Column("key_digest", sa.LargeBinary, primary_key=True),
    sa.Column("key", text_type, nullable=False),
    sa.Column("source", text_type, nullable=False),  # whose file speaks of it
    sa.Column("digest", sa.LargeBinary, nullable=False),  # of its content
    sa.Column("ended", sa.Boolean, nullable=False),
    sa.Column("position", sa.BigInteger, nullable=False),  # of the event that recorded it last
)

reference_agent = sa.Table(
    "reference_agent",
    index_metadata,
    sa.Column("store", text_type, primary_key=True),
    sa.Column("agent_key", text_type, primary_key=True),
    sa.Column("type", text_type, primary_key=True),
    sa.Column("key_digest", sa.LargeBinary, primary_key=True),
)
sa.Index(
    "reference_agent_entity", reference_agent.c.store, reference_agent.c.type, reference_agent.c.key_digest
)

# Agents that an event says are one person, both ways.
agent_link = sa.Table(
    "agent_link",
    index_metadata,
    sa.Column("store", text_type, primary_key=True),
    sa.Column("agent_key", text_type, primary_key=True),
    sa.Column("linked_to", text_type, primary_key=True),
    sa.Column("position", sa.BigInteger, primary_key=True, autoincrement=False),
)

TABLES = (
    statement_index, statement_agent, statement_activity, statement_reference, voiding, activity, document,
    analytic_form, reference_entity, reference_agent, agent_link,
)  # fmt: skip


def iri_digest(iri: str) -> bytes:
    """16 bytes that stand for an IRI, compared as a string (Data 4.3: no normalising)."""
    return hashlib.blake2b(iri.encode(), digest_size=16).digest()

"""Text of the log compares by code point on PostgreSQL, whatever the database's own collation is.

That of an operating system changes with its updates, and an index in its order is then silently wrong.
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
COLUMNS = {
    "event_log": ("store", "kind", "statement_id", "agent_keys", "credential"),
    "event_payload": ("body", "authority", "xapi_version"),
    "content": ("store", "sha2"),
    "agent_key_secret": ("fingerprint",),
    "credential": ("key", "store", "scopes", "label", "profile_check"),
}


def upgrade() -> None:
    if op.get_bind().dialect.name != "postgresql":
        return  # SQLite compares bytes
    for table, columns in COLUMNS.items():
        for column in columns:
            op.alter_column(table, column, type_=sa.Text(collation="C"))


def downgrade() -> None:
    raise RuntimeError("the log is append-only: restore a backup instead of going back")

"""The event log: envelope, payload, the fingerprint of the agent key secret, credentials."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
POSITION = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    op.create_table(
        "event_log",
        sa.Column("position", POSITION, primary_key=True, autoincrement=False),
        sa.Column("store", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("version", sa.SmallInteger, nullable=False),
        sa.Column("statement_id", sa.Text),
        sa.Column("stored", sa.BigInteger, nullable=False),
        sa.Column("happened", sa.BigInteger),
        sa.Column("agent_keys", sa.Text, nullable=False),
        sa.Column("credential", sa.Text, nullable=False),
        sa.Column("payload_hash", sa.LargeBinary, nullable=False),
        sa.Column("equality_hash", sa.LargeBinary),
    )
    op.create_index("event_log_statement", "event_log", ["store", "statement_id"], unique=True)
    op.create_index("event_log_store", "event_log", ["store", "position"])
    op.create_table(
        "event_payload",
        sa.Column("position", POSITION, primary_key=True, autoincrement=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("given", sa.SmallInteger, nullable=False),
        sa.Column("authority", sa.Text),
        sa.Column("xapi_version", sa.Text),
    )
    op.create_table(
        "agent_key_secret",
        sa.Column("version", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("fingerprint", sa.Text, nullable=False),
    )
    op.create_table(
        "credential",
        sa.Column("key", sa.Text, primary_key=True),
        sa.Column("store", sa.Text, nullable=False),
        sa.Column("secret_hash", sa.LargeBinary, nullable=False),
        sa.Column("scopes", sa.Text, nullable=False),
        sa.Column("label", sa.Text, nullable=False),
        sa.Column("created", sa.BigInteger, nullable=False),
        sa.Column("revoked", sa.BigInteger),
    )


def downgrade() -> None:
    raise RuntimeError("the log is append-only: restore a backup instead of going back")

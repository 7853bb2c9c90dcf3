"""Content of attachments and documents, in chunks by SHA-256."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_table(
        "content",
        sa.Column("store", sa.Text, primary_key=True),
        sa.Column("sha2", sa.Text, primary_key=True),
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("bytes", sa.LargeBinary, nullable=False),
    )


def downgrade() -> None:
    raise RuntimeError("the log is append-only: restore a backup instead of going back")

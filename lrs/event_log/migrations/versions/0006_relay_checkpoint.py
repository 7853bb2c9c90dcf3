"""How far each store's events are in Kafka."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.create_table(
        "relay_checkpoint",
        sa.Column("store", sa.Text, primary_key=True),
        sa.Column("position", sa.BigInteger, nullable=False),
        sa.Column("changed", sa.BigInteger, nullable=False),
        sa.Column("problem", sa.Text),
    )


def downgrade() -> None:
    raise RuntimeError("the log is append-only: restore a backup instead of going back")

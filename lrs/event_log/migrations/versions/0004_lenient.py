"""Whether a credential is forgiven the quirks of its client."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.add_column("credential", sa.Column("lenient", sa.Boolean, nullable=False, server_default=sa.false()))


def downgrade() -> None:
    raise RuntimeError("the log is append-only: restore a backup instead of going back")

"""How a credential's statements are held to xAPI Profiles: off, report or enforce."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.add_column("credential", sa.Column("profile_check", sa.Text, nullable=False, server_default="report"))


def downgrade() -> None:
    raise RuntimeError("the log is append-only: restore a backup instead of going back")

"""the life of postings

Revision ID: 0008
Revises: 0007
"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("checkout", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("renews", sa.Boolean(), nullable=False, server_default=sa.false())
        )

    with op.batch_alter_table("posting", schema=None) as batch_op:
        batch_op.add_column(sa.Column("goes_live_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(
            sa.Column("first_published_at", sa.DateTime(timezone=True), nullable=True)
        )
        batch_op.add_column(sa.Column("reposts", sa.Integer(), nullable=False, server_default="0"))
        batch_op.add_column(sa.Column("paused_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(
            sa.Column(
                "close_reason",
                sa.Enum(
                    "elsewhere",
                    "on-hold",
                    "canceled",
                    "mistake",
                    "other",
                    name="closereason",
                    native_enum=False,
                    length=40,
                ),
                nullable=True,
            )
        )
    op.execute("UPDATE posting SET first_published_at = published_at")


def downgrade() -> None:
    with op.batch_alter_table("posting", schema=None) as batch_op:
        batch_op.drop_column("close_reason")
        batch_op.drop_column("paused_at")
        batch_op.drop_column("reposts")
        batch_op.drop_column("first_published_at")
        batch_op.drop_column("goes_live_at")

    with op.batch_alter_table("checkout", schema=None) as batch_op:
        batch_op.drop_column("renews")

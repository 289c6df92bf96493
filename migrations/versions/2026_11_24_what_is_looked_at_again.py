"""Records of domains are looked for again; papers are those of a name; files that act are told

Revision ID: 0024
Revises: 0023
"""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for table in ("document", "resume"):
        with op.batch_alter_table(table) as batch_op:
            batch_op.add_column(
                sa.Column("active", sa.Boolean(), nullable=False, server_default=sa.false())
            )
    with op.batch_alter_table("document") as batch_op:
        batch_op.add_column(
            sa.Column("seen_name", sa.String(length=100), nullable=False, server_default="")
        )
    op.execute(
        "UPDATE document SET seen_name ="
        " (SELECT name FROM employer WHERE employer.id = document.employer_id)"
        " WHERE accepted_at IS NOT NULL"
    )
    with op.batch_alter_table("domain_record") as batch_op:
        batch_op.add_column(sa.Column("asked_at", sa.DateTime(timezone=True)))
        batch_op.add_column(sa.Column("misses", sa.Integer(), nullable=False, server_default="0"))
    op.execute("UPDATE domain_record SET asked_at = seen_at")
    with op.batch_alter_table("domain_record") as batch_op:
        batch_op.alter_column("asked_at", nullable=False)


def downgrade() -> None:
    with op.batch_alter_table("domain_record") as batch_op:
        batch_op.drop_column("misses")
        batch_op.drop_column("asked_at")
    with op.batch_alter_table("document") as batch_op:
        batch_op.drop_column("seen_name")
    for table in ("resume", "document"):
        with op.batch_alter_table(table) as batch_op:
            batch_op.drop_column("active")

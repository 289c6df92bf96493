"""copies

Revision ID: 0018
Revises: 0017
"""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "copy_signature",
        sa.Column("posting_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("numbers", sa.LargeBinary(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["posting_id"], ["posting.id"], name=op.f("fk_copy_signature_posting_id_posting")
        ),
        sa.PrimaryKeyConstraint("posting_id", "version", name=op.f("pk_copy_signature")),
    )
    op.create_table(
        "copy_band",
        sa.Column("posting_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("hash", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["posting_id", "version"],
            ["copy_signature.posting_id", "copy_signature.version"],
            name=op.f("fk_copy_band_posting_id_copy_signature"),
        ),
        sa.PrimaryKeyConstraint("posting_id", "version", "hash", name=op.f("pk_copy_band")),
    )
    op.create_index("ix_copy_band_hash", "copy_band", ["hash", "posting_id", "version"])
    with op.batch_alter_table("posting", schema=None) as batch_op:
        batch_op.add_column(sa.Column("folded_into_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(
            op.f("fk_posting_folded_into_id_posting"), "posting", ["folded_into_id"], ["id"]
        )
        batch_op.drop_index("ix_posting_live")
        batch_op.create_index(
            "ix_posting_live",
            ["status", "expires_at", "employer_id", "published_at", "folded_into_id"],
        )
        batch_op.create_index("ix_posting_folded", ["folded_into_id"])


def downgrade() -> None:
    with op.batch_alter_table("posting", schema=None) as batch_op:
        batch_op.drop_index("ix_posting_folded")
        batch_op.drop_index("ix_posting_live")
        batch_op.create_index(
            "ix_posting_live", ["status", "expires_at", "employer_id", "published_at"]
        )
        batch_op.drop_constraint(op.f("fk_posting_folded_into_id_posting"), type_="foreignkey")
        batch_op.drop_column("folded_into_id")
    op.drop_index("ix_copy_band_hash", table_name="copy_band")
    op.drop_table("copy_band")
    op.drop_table("copy_signature")

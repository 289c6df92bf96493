"""coupons

Revision ID: 0019
Revises: 0018
"""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "coupon",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=30), nullable=False),
        sa.Column("percent", sa.Integer(), nullable=True),
        sa.Column("amount_cents", sa.Integer(), nullable=True),
        sa.Column("most_uses", sa.Integer(), nullable=True),
        sa.Column("uses", sa.Integer(), nullable=False),
        sa.Column("each_employer", sa.Integer(), nullable=True),
        sa.Column("employer_id", sa.Integer(), nullable=True),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("least_cents", sa.Integer(), nullable=False),
        sa.Column("first_only", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(percent IS NULL) <> (amount_cents IS NULL)", name=op.f("ck_coupon_one_discount")
        ),
        sa.CheckConstraint(
            "most_uses IS NULL OR uses <= most_uses", name=op.f("ck_coupon_most_uses")
        ),
        sa.CheckConstraint("uses >= 0", name=op.f("ck_coupon_uses")),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["user.id"], name=op.f("fk_coupon_created_by_id_user")
        ),
        sa.ForeignKeyConstraint(
            ["employer_id"], ["employer.id"], name=op.f("fk_coupon_employer_id_employer")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_coupon")),
        sa.UniqueConstraint("code", name=op.f("uq_coupon_code")),
    )
    op.create_table(
        "coupon_plan",
        sa.Column("coupon_id", sa.Integer(), nullable=False),
        sa.Column("plan", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(
            ["coupon_id"], ["coupon.id"], name=op.f("fk_coupon_plan_coupon_id_coupon")
        ),
        sa.PrimaryKeyConstraint("coupon_id", "plan", name=op.f("pk_coupon_plan")),
    )
    states = sa.Enum("reserved", "used", "released", name="usestate", native_enum=False, length=40)
    op.create_table(
        "coupon_use",
        sa.Column("checkout_id", sa.Integer(), nullable=False),
        sa.Column("coupon_id", sa.Integer(), nullable=False),
        sa.Column("employer_id", sa.Integer(), nullable=False),
        sa.Column("state", states, nullable=False),
        sa.ForeignKeyConstraint(
            ["checkout_id"], ["checkout.id"], name=op.f("fk_coupon_use_checkout_id_checkout")
        ),
        sa.ForeignKeyConstraint(
            ["coupon_id"], ["coupon.id"], name=op.f("fk_coupon_use_coupon_id_coupon")
        ),
        sa.ForeignKeyConstraint(
            ["employer_id"], ["employer.id"], name=op.f("fk_coupon_use_employer_id_employer")
        ),
        sa.PrimaryKeyConstraint("checkout_id", name=op.f("pk_coupon_use")),
    )
    op.create_index("ix_coupon_use_of", "coupon_use", ["coupon_id", "employer_id"])
    with op.batch_alter_table("employer", schema=None) as batch_op:
        batch_op.add_column(sa.Column("nonprofit_at", sa.DateTime(timezone=True), nullable=True))
    with op.batch_alter_table("listing_period", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("free", sa.Boolean(), nullable=False, server_default=sa.false())
        )


def downgrade() -> None:
    with op.batch_alter_table("listing_period", schema=None) as batch_op:
        batch_op.drop_column("free")
    with op.batch_alter_table("employer", schema=None) as batch_op:
        batch_op.drop_column("nonprofit_at")
    op.drop_index("ix_coupon_use_of", table_name="coupon_use")
    op.drop_table("coupon_use")
    op.drop_table("coupon_plan")
    op.drop_table("coupon")

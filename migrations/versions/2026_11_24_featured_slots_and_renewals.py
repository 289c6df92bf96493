"""featured slots and renewals

Revision ID: 0025
Revises: 0024
"""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None

NEW_PLANS = (  # slug, kind, name, cents, days, slots, months
    ("slots-3", "subscription", "Three slots", 49_900, 30, 3, 1),
    ("slots-10", "subscription", "Ten slots", 139_000, 30, 10, 1),
    ("slots-3-year", "subscription", "Three slots", 499_000, 30, 3, 12),
    ("slots-10-year", "subscription", "Ten slots", 1_390_000, 30, 10, 12),
    ("extension-15", "extension", "Extension", 12_500, 15, 0, 0),
    ("extension-30", "extension", "Extension", 22_500, 30, 0, 0),
    ("featured-7", "feature", "Featured", 4_900, 7, 0, 0),
    ("featured-14", "feature", "Featured", 8_900, 14, 0, 0),
    ("featured-30", "feature", "Featured", 15_900, 30, 0, 0),
)


def upgrade() -> None:
    op.create_table(
        "subscription",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("employer_id", sa.Integer(), nullable=False),
        sa.Column("taken_by_id", sa.Integer(), nullable=False),
        sa.Column("source_ref", sa.String(length=80), nullable=False),
        sa.Column("stripe_subscription_id", sa.String(length=120), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("plan", sa.String(length=40), nullable=False),
        sa.Column("slots", sa.Integer(), nullable=False),
        sa.Column("price_cents", sa.Integer(), nullable=False),
        sa.Column("months", sa.Integer(), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "incomplete",
                "incomplete_expired",
                "trialing",
                "active",
                "past_due",
                "canceled",
                "unpaid",
                "paused",
                name="subscriptionstatus",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("item_id", sa.String(length=120), nullable=False),
        sa.Column("product_id", sa.String(length=120), nullable=False),
        sa.Column("period_ends_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("cancels_at_end", sa.Boolean(), nullable=False),
        sa.Column("past_due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("synced_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["employer_id"], ["employer.id"], name=op.f("fk_subscription_employer_id_employer")
        ),
        sa.ForeignKeyConstraint(
            ["taken_by_id"], ["user.id"], name=op.f("fk_subscription_taken_by_id_user")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_subscription")),
        sa.UniqueConstraint("source_ref", name=op.f("uq_subscription_source_ref")),
        sa.UniqueConstraint(
            "stripe_subscription_id", name=op.f("uq_subscription_stripe_subscription_id")
        ),
    )
    with op.batch_alter_table("subscription", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_subscription_employer_id"), ["employer_id"], unique=False
        )

    op.create_table(
        "featured_period",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("posting_id", sa.Integer(), nullable=False),
        sa.Column("source_ref", sa.String(length=80), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["posting_id"], ["posting.id"], name=op.f("fk_featured_period_posting_id_posting")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_featured_period")),
        sa.UniqueConstraint("source_ref", name=op.f("uq_featured_period_source_ref")),
    )
    with op.batch_alter_table("featured_period", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_featured_period_posting_id"), ["posting_id"], unique=False
        )

    op.create_table(
        "subscription_invoice",
        sa.Column("stripe_invoice_id", sa.String(length=120), nullable=False),
        sa.Column("subscription_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=60), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("total_cents", sa.Integer(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["subscription_id"],
            ["subscription.id"],
            name=op.f("fk_subscription_invoice_subscription_id_subscription"),
        ),
        sa.PrimaryKeyConstraint("stripe_invoice_id", name=op.f("pk_subscription_invoice")),
    )
    with op.batch_alter_table("subscription_invoice", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_subscription_invoice_subscription_id"), ["subscription_id"], unique=False
        )

    with op.batch_alter_table("checkout", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("stripe_subscription_id", sa.String(length=120), nullable=True)
        )
        batch_op.create_unique_constraint(
            batch_op.f("uq_checkout_stripe_subscription_id"), ["stripe_subscription_id"]
        )

    with op.batch_alter_table("checkout_line", schema=None) as batch_op:
        batch_op.add_column(sa.Column("slots", sa.Integer(), nullable=False, server_default="0"))
        batch_op.add_column(sa.Column("months", sa.Integer(), nullable=False, server_default="0"))

    with op.batch_alter_table("listing_period", schema=None) as batch_op:
        batch_op.add_column(sa.Column("subscription_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_listing_period_subscription_id_subscription"),
            "subscription",
            ["subscription_id"],
            ["id"],
        )

    with op.batch_alter_table("plan", schema=None) as batch_op:
        batch_op.add_column(sa.Column("months", sa.Integer(), nullable=False, server_default="0"))

    with op.batch_alter_table("posting", schema=None) as batch_op:
        batch_op.add_column(sa.Column("featured_until", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(
            sa.Column("auto_renews", sa.Boolean(), nullable=False, server_default=sa.true())
        )

    add_plans()


def add_plans() -> None:
    """What can be bought from now on, on boards that are there already."""
    names = ("slug", "kind", "name", "price_cents", "days", "slots", "months")
    whole = ("position", "edition", "price_cents", "days", "credits", "slots", "months")
    columns = [*names, "position", "edition", "credits", "on_sale", "created_at"]
    plan = sa.table(
        "plan", *(sa.column(name, sa.Integer if name in whole else sa.String) for name in columns)
    )
    held = set(op.get_bind().scalars(sa.select(plan.c.slug)))
    fixed = {"edition": 1, "credits": 0, "on_sale": sa.true()}
    for position, row in enumerate(NEW_PLANS, 4):
        values = dict(zip(names, row, strict=True)) | fixed
        if values["slug"] not in held:
            values |= {"position": position, "created_at": sa.func.current_timestamp()}
            op.execute(plan.insert().values(**values))
    op.execute("UPDATE plan SET position = 13 WHERE slug = 'free'")
    op.execute("UPDATE plan SET months = 1 WHERE kind = 'subscription' AND months = 0")


def downgrade() -> None:
    with op.batch_alter_table("posting", schema=None) as batch_op:
        batch_op.drop_column("auto_renews")
        batch_op.drop_column("featured_until")

    with op.batch_alter_table("plan", schema=None) as batch_op:
        batch_op.drop_column("months")

    with op.batch_alter_table("listing_period", schema=None) as batch_op:
        batch_op.drop_constraint(
            batch_op.f("fk_listing_period_subscription_id_subscription"), type_="foreignkey"
        )
        batch_op.drop_column("subscription_id")

    with op.batch_alter_table("checkout_line", schema=None) as batch_op:
        batch_op.drop_column("months")
        batch_op.drop_column("slots")

    with op.batch_alter_table("checkout", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("uq_checkout_stripe_subscription_id"), type_="unique")
        batch_op.drop_column("stripe_subscription_id")

    with op.batch_alter_table("subscription_invoice", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_subscription_invoice_subscription_id"))

    op.drop_table("subscription_invoice")
    with op.batch_alter_table("featured_period", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_featured_period_posting_id"))

    op.drop_table("featured_period")
    with op.batch_alter_table("subscription", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_subscription_employer_id"))

    op.drop_table("subscription")

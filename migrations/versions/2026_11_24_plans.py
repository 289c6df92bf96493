"""plans

Revision ID: 0016
Revises: 0015
"""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

KINDS = ("posting", "bundle", "extension", "feature", "subscription", "free")
FIRST_PLANS = (  # slug, kind, name, cents, days, credits, slots
    ("single-posting", "posting", "Job posting", 24_900, 30, 0, 0),
    ("bundle-3", "bundle", "Three postings", 67_200, 30, 3, 0),
    ("bundle-5", "bundle", "Five postings", 104_500, 30, 5, 0),
    ("bundle-10", "bundle", "Ten postings", 189_000, 30, 10, 0),
    ("free", "free", "Free posting", 0, 30, 0, 0),
)


def kind() -> sa.Enum:
    return sa.Enum(*KINDS, name="plankind", native_enum=False, length=40)


def upgrade() -> None:
    plan = op.create_table(
        "plan",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=40), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("kind", kind(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("price_cents", sa.Integer(), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("credits", sa.Integer(), nullable=False),
        sa.Column("slots", sa.Integer(), nullable=False),
        sa.Column("credits_last_days", sa.Integer(), nullable=True),
        sa.Column("on_sale", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("edited_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["edited_by_id"], ["user.id"], name=op.f("fk_plan_edited_by_id_user")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan")),
        sa.UniqueConstraint("slug", "edition", name=op.f("uq_plan_slug")),
    )
    names = ("slug", "kind", "name", "price_cents", "days", "credits", "slots")
    fixed = {"edition": 1, "on_sale": True, "created_at": sa.func.current_timestamp()}
    for position, row in enumerate(FIRST_PLANS):
        values = dict(zip(names, row, strict=True)) | fixed
        op.execute(plan.insert().values(position=position, **values))
    with op.batch_alter_table("checkout", schema=None) as batch_op:
        batch_op.add_column(sa.Column("kind", kind(), nullable=False, server_default="posting"))
        batch_op.alter_column("posting_id", existing_type=sa.Integer(), nullable=True)
    op.execute("UPDATE checkout SET kind = 'extension' WHERE renews")
    with op.batch_alter_table("checkout", schema=None) as batch_op:
        batch_op.drop_column("renews")
    with op.batch_alter_table("checkout_line", schema=None) as batch_op:
        batch_op.add_column(sa.Column("edition", sa.Integer(), nullable=False, server_default="1"))
        batch_op.add_column(sa.Column("credits", sa.Integer(), nullable=False, server_default="0"))
        batch_op.add_column(sa.Column("credits_last_days", sa.Integer(), nullable=True))
    with op.batch_alter_table("ledger_entry", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("note", sa.String(length=200), nullable=False, server_default="")
        )
        batch_op.add_column(sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("ledger_entry", schema=None) as batch_op:
        batch_op.drop_column("expires_at")
        batch_op.drop_column("note")
    with op.batch_alter_table("checkout_line", schema=None) as batch_op:
        batch_op.drop_column("credits_last_days")
        batch_op.drop_column("credits")
        batch_op.drop_column("edition")
    with op.batch_alter_table("checkout", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("renews", sa.Boolean(), nullable=False, server_default=sa.false())
        )
        batch_op.drop_column("kind")
    op.drop_table("plan")

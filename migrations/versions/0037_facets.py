"""facets count products by all their traits; what products say of themselves can be filtered by

Revision ID: 0037
Revises: 0036
Create Date: 2026-11-21 12:35:00.000000

"""

import sqlalchemy as sa
from alembic import op

# revision identifiers, used by Alembic.
revision = "0037"
down_revision = "0036"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
SORTED_BY = """
UPDATE listing_row SET
  product_type_id = (SELECT product_type_id FROM product WHERE product.id = listing_row.product_id),
  occasion_id = (SELECT occasion_id FROM product WHERE product.id = listing_row.product_id)
"""
TRAITS = """
UPDATE listing_assortment SET traits = (
  SELECT 'b' || brand_id || ' t' || product_type_id || COALESCE(' o' || occasion_id, '')
    || CASE WHEN discount_percent < 10 THEN '' WHEN discount_percent >= 50 THEN ' d50'
       ELSE ' d' || (discount_percent / 10 * 10) END
  FROM listing_row WHERE listing_row.product_id = listing_assortment.product_id
)
"""
BRANDS = """
UPDATE listing_assortment SET brand_id = (
  SELECT brand_id FROM listing_row WHERE listing_row.product_id = listing_assortment.product_id
)
"""


def upgrade():
    _attributes()
    with op.batch_alter_table("listing_row", schema=None) as batch_op:
        batch_op.add_column(sa.Column("product_type_id", ID, nullable=True))
        batch_op.add_column(sa.Column("occasion_id", ID, nullable=True))
    op.execute(SORTED_BY)
    with op.batch_alter_table("listing_row", schema=None) as batch_op:
        batch_op.alter_column("product_type_id", existing_type=ID, nullable=False)
        batch_op.create_index("ix_listing_row_product_type_id", ["product_type_id"], unique=False)
        batch_op.create_index("ix_listing_row_occasion_id", ["occasion_id"], unique=False)
        batch_op.create_index("ix_listing_row_popular", ["units_sold", "published_at", "product_id"], unique=False)
    op.create_index("ix_listing_row_name", "listing_row", [sa.text("lower(name)"), "product_id"], unique=False)
    _change("traits", sa.Text(), TRAITS, "brand_id")


def downgrade():
    _change("brand_id", sa.Integer(), BRANDS, "traits")
    op.drop_index("ix_listing_row_name", table_name="listing_row")
    with op.batch_alter_table("listing_row", schema=None) as batch_op:
        for name in ("popular", "occasion_id", "product_type_id"):
            batch_op.drop_index(f"ix_listing_row_{name}")
        batch_op.drop_column("occasion_id")
        batch_op.drop_column("product_type_id")
    op.drop_table("product_attribute")
    op.drop_table("attribute_value")
    op.drop_table("attribute")


def _change(new, kind, fill, old):
    """Give the assortments one column in place of another."""
    with op.batch_alter_table("listing_assortment", schema=None) as batch_op:
        batch_op.add_column(sa.Column(new, kind, nullable=True))
    op.execute(fill)
    with op.batch_alter_table("listing_assortment", schema=None) as batch_op:
        batch_op.alter_column(new, existing_type=kind, nullable=False)
        batch_op.drop_column(old)


def _attributes():
    op.create_table(
        "attribute",
        sa.Column("id", ID, nullable=False),
        sa.Column("slug", sa.String(length=80), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attribute")),
        sa.UniqueConstraint("slug", name=op.f("uq_attribute_slug")),
    )
    op.create_table(
        "attribute_value",
        sa.Column("id", ID, nullable=False),
        sa.Column("attribute_id", ID, nullable=False),
        sa.Column("slug", sa.String(length=80), nullable=False),
        sa.Column("label", sa.String(length=80), nullable=False),
        sa.ForeignKeyConstraint(
            ["attribute_id"],
            ["attribute.id"],
            name=op.f("fk_attribute_value_attribute_id_attribute"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attribute_value")),
        sa.UniqueConstraint("attribute_id", "slug", name=op.f("uq_attribute_value_attribute_id_slug")),
    )
    op.create_table(
        "product_attribute",
        sa.Column("product_id", ID, nullable=False),
        sa.Column("value_id", ID, nullable=False),
        sa.ForeignKeyConstraint(
            ["product_id"], ["product.id"], name=op.f("fk_product_attribute_product_id_product"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["value_id"],
            ["attribute_value.id"],
            name=op.f("fk_product_attribute_value_id_attribute_value"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("product_id", "value_id", name=op.f("pk_product_attribute")),
    )
    op.create_index("ix_product_attribute_value", "product_attribute", ["value_id", "product_id"], unique=False)

"""what facets count: the offers of a product in one text

Revision ID: 0006
Revises: 0005
Create Date: 2026-11-21 06:30:00.000000

"""
from collections import defaultdict
from itertools import groupby

import sqlalchemy as sa
from alembic import op

# revision identifiers, used by Alembic.
revision = '0006'
down_revision = '0005'
branch_labels = None
depends_on = None

CHUNK = 5000
OFFERS = """
SELECT o.product_id, r.category_path, r.brand_id, o.colour_id, o.price, o.size_id, o.in_stock
FROM listing_offer AS o JOIN listing_row AS r ON r.product_id = o.product_id
ORDER BY o.product_id, o.colour_id, o.price, o.size_id
"""


def upgrade():
    product_id = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')
    table = op.create_table('listing_assortment',
    sa.Column('product_id', product_id, nullable=False),
    sa.Column('category_path', sa.String(length=300), nullable=False),
    sa.Column('brand_id', sa.Integer(), nullable=False),
    sa.Column('offers', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['product_id'], ['product.id'], name=op.f('fk_listing_assortment_product_id_product'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('product_id', name=op.f('pk_listing_assortment'))
    )
    rows = []
    offers = op.get_bind().execute(sa.text(OFFERS)).all()
    for (id_, path, brand_id), of_product in groupby(offers, key=lambda row: row[:3]):
        rows.append({'product_id': id_, 'category_path': path, 'brand_id': brand_id, 'offers': _text(of_product)})
    for start in range(0, len(rows), CHUNK):
        op.bulk_insert(table, rows[start:start + CHUNK])


def downgrade():
    op.drop_table('listing_assortment')


def _text(offers):
    parts = defaultdict(lambda: ([], []))
    for *_, colour_id, price, size_id, in_stock in offers:
        parts[colour_id, price][not in_stock].append(str(size_id))
    return ' '.join(f"{colour}.{price}.{','.join(left)}.{','.join(gone)}" for (colour, price), (left, gone) in parts.items())

"""an index for each order of the listing

Revision ID: 0009
Revises: 0008
Create Date: 2026-11-21 07:00:00.000000

"""
import sqlalchemy as sa
from alembic import op

# revision identifiers, used by Alembic.
revision = '0009'
down_revision = '0008'
branch_labels = None
depends_on = None

INDEXES = {
    'ix_listing_row_recommended': ['in_stock', 'units_sold', 'published_at', 'product_id'],
    'ix_listing_row_new': ['published_at', 'product_id'],
    'ix_listing_row_price': ['price', 'published_at', 'product_id'],
    'ix_listing_row_discount': ['discount_percent', 'published_at', 'product_id'],
}
FEATURED = sa.text('featured_at IS NOT NULL')


def upgrade():
    for name, columns in INDEXES.items():
        op.create_index(name, 'listing_row', columns)
    op.create_index('ix_listing_row_featured', 'listing_row', ['featured_at'], postgresql_where=FEATURED, sqlite_where=FEATURED)


def downgrade():
    for name in ('ix_listing_row_featured', *INDEXES):
        op.drop_index(name, table_name='listing_row')

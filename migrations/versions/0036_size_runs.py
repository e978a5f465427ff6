"""the listing knows which size runs are broken, and recommends them last

Revision ID: 0036
Revises: 0035
Create Date: 2026-11-21 12:30:00.000000

"""
import sqlalchemy as sa
from alembic import op

# revision identifiers, used by Alembic.
revision = '0036'
down_revision = '0035'
branch_labels = None
depends_on = None

NAME = 'ix_listing_row_recommended'
BROKEN = '''
UPDATE listing_row SET has_core_sizes = false WHERE product_id IN (
  SELECT product_id FROM (
    SELECT product_id, CASE WHEN SUM(core) > 0 AND 2 * SUM(core * stocked) <= SUM(core) THEN 1 ELSE 0 END AS broken
    FROM (
      SELECT product_id, colour_id, stocked,
        CASE WHEN length >= 3 AND place > length / 3 AND place <= length - length / 3 THEN 1 ELSE 0 END AS core
      FROM (
        SELECT o.product_id, o.colour_id, CASE WHEN o.in_stock THEN 1 ELSE 0 END AS stocked,
          ROW_NUMBER() OVER (PARTITION BY o.product_id, o.colour_id ORDER BY s.position, s.id) AS place,
          COUNT(*) OVER (PARTITION BY o.product_id, o.colour_id) AS length
        FROM listing_offer o JOIN size s ON s.id = o.size_id
      ) AS sizes
    ) AS cores
    GROUP BY product_id, colour_id HAVING SUM(stocked) > 0
  ) AS runs
  GROUP BY product_id HAVING MIN(broken) = 1
)
'''


def upgrade():
    op.drop_index(NAME, 'listing_row')
    op.add_column('listing_row', sa.Column('has_core_sizes', sa.Boolean(), server_default=sa.true(), nullable=False))
    op.create_index(
        NAME, 'listing_row', ['in_stock', 'has_core_sizes', 'units_sold', 'published_at', 'product_id'], unique=False)
    op.execute(BROKEN)


def downgrade():
    op.drop_index(NAME, 'listing_row')
    with op.batch_alter_table('listing_row', schema=None) as batch_op:
        batch_op.drop_column('has_core_sizes')
    op.create_index(NAME, 'listing_row', ['in_stock', 'units_sold', 'published_at', 'product_id'], unique=False)

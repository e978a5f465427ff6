"""orders that were put away

Revision ID: 0054
Revises: 0053
Create Date: 2026-11-21 22:25:00.000000

"""
import sqlalchemy as sa
from alembic import op
from shop.lib.columns import UtcDateTime

# revision identifiers, used by Alembic.
revision = '0054'
down_revision = '0053'
branch_labels = None
depends_on = None


def upgrade():
    op.add_column('shop_order', sa.Column('archived_at', UtcDateTime(), nullable=True))


def downgrade():
    op.drop_column('shop_order', 'archived_at')

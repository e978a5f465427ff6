"""a part that is paid before the courier gets the rest

Revision ID: 0059
Revises: 0058
Create Date: 2026-11-22 02:00:00.000000

"""
import sqlalchemy as sa
from alembic import op
from shop.lib.columns import MoneyColumn

# revision identifiers, used by Alembic.
revision = '0059'
down_revision = '0058'
branch_labels = None
depends_on = None


def upgrade():
    op.add_column('shop_order', sa.Column('prepaid', MoneyColumn(), server_default='0', nullable=False))
    op.add_column('checkout_draft', sa.Column('part_method', sa.String(20)))


def downgrade():
    op.drop_column('checkout_draft', 'part_method')
    op.drop_column('shop_order', 'prepaid')

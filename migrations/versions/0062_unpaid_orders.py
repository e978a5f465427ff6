"""where a guest's order came from, and whether its phone was proven by a code

Revision ID: 0062
Revises: 0061
Create Date: 2026-11-22 06:20:00.000000

"""
import sqlalchemy as sa
from alembic import op

# revision identifiers, used by Alembic.
revision = '0062'
down_revision = '0061'
branch_labels = None
depends_on = None


def upgrade():
    op.add_column('shop_order', sa.Column('phone_proven', sa.Boolean(), server_default=sa.false(), nullable=False))
    op.add_column('shop_order', sa.Column('placed_from', sa.String(45)))
    op.create_index(op.f('ix_shop_order_phone'), 'shop_order', ['phone'])
    op.create_index(op.f('ix_shop_order_placed_from'), 'shop_order', ['placed_from'])


def downgrade():
    op.drop_index(op.f('ix_shop_order_placed_from'), 'shop_order')
    op.drop_index(op.f('ix_shop_order_phone'), 'shop_order')
    op.drop_column('shop_order', 'placed_from')
    op.drop_column('shop_order', 'phone_proven')

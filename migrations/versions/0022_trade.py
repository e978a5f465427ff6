"""the row that says when the first order was placed

Revision ID: 0022
Revises: 0021
Create Date: 2026-11-21 09:00:00.000000

"""
import sqlalchemy as sa
from alembic import op

import shop.lib.columns

# revision identifiers, used by Alembic.
revision = '0022'
down_revision = '0021'
branch_labels = None
depends_on = None


def upgrade():
    trade = op.create_table('trade',
    sa.Column('id', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('began_at', shop.lib.columns.UtcDateTime(timezone=True), nullable=True),
    sa.CheckConstraint('id = 1', name=op.f('ck_trade_one_row')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_trade'))
    )
    order = sa.table('shop_order', sa.column('placed_at', shop.lib.columns.UtcDateTime(timezone=True)))
    first = sa.select(sa.literal(1), sa.func.min(order.c.placed_at))
    op.execute(trade.insert().from_select(['id', 'began_at'], first))


def downgrade():
    op.drop_table('trade')

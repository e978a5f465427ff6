"""orders know what of them went back, and accounts count it as not spent

Revision ID: 0064
Revises: 0063
Create Date: 2026-11-22 07:00:00.000000

"""
import sqlalchemy as sa
from alembic import op

from shop.lib.columns import MoneyColumn

# revision identifiers, used by Alembic.
revision = '0064'
down_revision = '0063'
branch_labels = None
depends_on = None

WENT_BACK = """
UPDATE shop_order SET refunded = (
  SELECT coalesce(sum(refund.amount - refund.excess), 0) FROM refund JOIN payment ON payment.id = refund.payment_id
  WHERE payment.order_id = shop_order.id AND refund.state = 'done')
WHERE id IN (SELECT payment.order_id FROM refund JOIN payment ON payment.id = refund.payment_id)
"""
SPENT = """
UPDATE user_account SET spent = (
  SELECT coalesce(sum({worth}), 0) FROM shop_order
  WHERE user_id = user_account.id AND state NOT IN ('cancelled', 'returned'))
WHERE id IN (SELECT user_id FROM shop_order WHERE refunded > 0)
"""


def upgrade():
    op.add_column('shop_order', sa.Column('refunded', MoneyColumn(), server_default='0', nullable=False))
    op.execute(WENT_BACK)
    op.execute(SPENT.format(worth='total - refunded'))


def downgrade():
    op.execute(SPENT.format(worth='total'))
    op.drop_column('shop_order', 'refunded')

"""what a way to pay costs, the tax of delivery, and the tax on top of each line

Revision ID: 0047
Revises: 0046
Create Date: 2026-11-21 22:15:00.000000

"""
import sqlalchemy as sa
from alembic import op
from shop.lib.columns import MoneyColumn

# revision identifiers, used by Alembic.
revision = '0047'
down_revision = '0046'
branch_labels = None
depends_on = None

NAME = 'ck_shop_order_total_adds_up'
BEFORE = 'total = lines_total + delivery_charge + tax_added - discount AND total >= 0'
AFTER = 'total = lines_total + delivery_charge + payment_fee + tax_added - discount AND total >= 0'


def upgrade():
    op.add_column('order_line', sa.Column('tax_added', MoneyColumn(), server_default='0', nullable=False))
    op.add_column('shop_order', sa.Column('payment_fee', MoneyColumn(), server_default='0', nullable=False))
    op.add_column('shop_order', sa.Column('delivery_tax', MoneyColumn(), server_default='0', nullable=False))
    with op.batch_alter_table('shop_order') as batch_op:
        batch_op.drop_constraint(op.f(NAME), type_='check')
        batch_op.create_check_constraint(op.f(NAME), AFTER)
    # Until now the tax on top of a line was rounded half up on its own; what is left of the order's tax is delivery's.
    op.execute('UPDATE order_line SET tax_added = (total * tax_rate + 5000) / 10000'
               ' WHERE order_id IN (SELECT id FROM shop_order WHERE tax_added > 0)')
    op.execute('UPDATE shop_order SET delivery_tax = tax_added + tax_contained - coalesce((SELECT sum(line.tax_added'
               ' + line.tax_contained) FROM order_line AS line WHERE line.order_id = shop_order.id), 0)')


def downgrade():
    # An order still comes to what it came to: the fee goes into the charge that buyers saw a row of.
    with op.batch_alter_table('shop_order') as batch_op:
        batch_op.drop_constraint(op.f(NAME), type_='check')
    op.execute('UPDATE shop_order SET delivery_charge = delivery_charge + payment_fee')
    with op.batch_alter_table('shop_order') as batch_op:
        batch_op.create_check_constraint(op.f(NAME), BEFORE)
    op.drop_column('shop_order', 'delivery_tax')
    op.drop_column('shop_order', 'payment_fee')
    op.drop_column('order_line', 'tax_added')

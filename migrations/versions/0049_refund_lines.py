"""refunds by line and where they go, what a provider tells of a card, store credit

Revision ID: 0049
Revises: 0048
Create Date: 2026-11-21 22:25:00.000000

"""
import sqlalchemy as sa
from alembic import op
from shop.lib.columns import EncryptedText, MoneyColumn, UtcDateTime

# revision identifiers, used by Alembic.
revision = '0049'
down_revision = '0048'
branch_labels = None
depends_on = None

NEW_ID = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')
CARDS = ('payment', 'sandbox_intent')
GIVEN = {'payment:read': ('owner', 'staff'), 'payment:refund': ('owner', 'staff'), 'credit:update': ('owner',)}
role = sa.table('role', sa.column('id', sa.Integer), sa.column('name', sa.String))
granted = sa.table('role_permission', sa.column('role_id', sa.Integer), sa.column('permission', sa.String))


def upgrade():
    for table in CARDS:
        op.add_column(table, sa.Column('holder', sa.String(80)))
        op.add_column(table, sa.Column('expires', sa.String(7)))
        op.add_column(table, sa.Column('token', EncryptedText()))
    op.add_column('refund', sa.Column('delivery', MoneyColumn(), server_default='0', nullable=False))
    op.add_column('refund', sa.Column('way', sa.String(10), server_default='original', nullable=False))
    op.add_column('refund', sa.Column('payee', EncryptedText()))
    op.add_column('refund', sa.Column('payee_shown', sa.String(80)))
    op.add_column('refund', sa.Column('failure', sa.String(200)))
    op.add_column('refund', sa.Column('attempt', sa.Integer(), server_default='1', nullable=False))
    op.create_table(
        'refund_line',
        sa.Column('id', NEW_ID, nullable=False),
        sa.Column('refund_id', NEW_ID, nullable=False),
        sa.Column('order_line_id', NEW_ID, nullable=False),
        sa.Column('units', sa.Integer(), nullable=False),
        sa.Column('amount', MoneyColumn(), nullable=False),
        sa.CheckConstraint('units >= 0 AND amount >= 0 AND units + amount > 0', name=op.f('ck_refund_line_something')),
        sa.ForeignKeyConstraint(['order_line_id'], ['order_line.id'],
                                name=op.f('fk_refund_line_order_line_id_order_line')),
        sa.ForeignKeyConstraint(['refund_id'], ['refund.id'], name=op.f('fk_refund_line_refund_id_refund')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_refund_line')),
        sa.UniqueConstraint('refund_id', 'order_line_id', name=op.f('uq_refund_line_refund_id_order_line_id')),
    )
    op.create_index(op.f('ix_refund_line_refund_id'), 'refund_line', ['refund_id'])
    op.create_index(op.f('ix_refund_line_order_line_id'), 'refund_line', ['order_line_id'])
    _say_what_was_given_back()
    op.create_table(
        'store_credit',
        sa.Column('user_id', NEW_ID, autoincrement=False, nullable=False),
        sa.Column('balance', MoneyColumn(), nullable=False),
        sa.CheckConstraint('balance >= 0', name=op.f('ck_store_credit_balance_not_negative')),
        sa.ForeignKeyConstraint(['user_id'], ['user_account.id'], name=op.f('fk_store_credit_user_id_user_account')),
        sa.PrimaryKeyConstraint('user_id', name=op.f('pk_store_credit')),
    )
    op.create_table(
        'store_credit_entry',
        sa.Column('id', NEW_ID, nullable=False),
        sa.Column('user_id', NEW_ID, nullable=False),
        sa.Column('amount', MoneyColumn(), nullable=False),
        sa.Column('reason', sa.String(300), nullable=False),
        sa.Column('actor', sa.String(120), nullable=False),
        sa.Column('order_id', NEW_ID),
        sa.Column('refund_id', NEW_ID),
        sa.Column('created_at', UtcDateTime(), nullable=False),
        sa.CheckConstraint('amount <> 0', name=op.f('ck_store_credit_entry_amount_something')),
        sa.ForeignKeyConstraint(['user_id'], ['user_account.id'],
                                name=op.f('fk_store_credit_entry_user_id_user_account')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_store_credit_entry')),
        sa.UniqueConstraint('refund_id', name=op.f('uq_store_credit_entry_refund_id')),
    )
    op.create_index(op.f('ix_store_credit_entry_user_id'), 'store_credit_entry', ['user_id'])
    op.create_index(op.f('ix_store_credit_entry_order_id'), 'store_credit_entry', ['order_id'])
    op.add_column('checkout_draft', sa.Column('credit', MoneyColumn()))
    for permission, roles in GIVEN.items():
        given = sa.select(role.c.id, sa.literal(permission)).where(role.c.name.in_(roles))
        op.execute(granted.insert().from_select(['role_id', 'permission'], given))


def downgrade():
    op.execute(granted.delete().where(granted.c.permission.in_(tuple(GIVEN))))
    op.drop_column('checkout_draft', 'credit')
    op.drop_table('store_credit_entry')
    op.drop_table('store_credit')
    op.drop_table('refund_line')
    for name in ('attempt', 'failure', 'payee_shown', 'payee', 'way', 'delivery'):
        op.drop_column('refund', name)
    for table in CARDS:
        for name in ('token', 'expires', 'holder'):
            op.drop_column(table, name)


def _say_what_was_given_back():
    """Until now an order was given back whole. What was not paid for its lines was paid for its delivery."""
    whole = ('FROM refund JOIN payment ON payment.id = refund.payment_id JOIN shop_order ON'
             ' shop_order.id = payment.order_id AND shop_order.total = refund.amount')
    op.execute('INSERT INTO refund_line (refund_id, order_line_id, units, amount) SELECT refund.id, order_line.id,'
               f' order_line.quantity, order_line.total + order_line.tax_added {whole}'
               ' JOIN order_line ON order_line.order_id = shop_order.id')
    op.execute('UPDATE refund SET delivery = amount - coalesce((SELECT sum(line.amount) FROM refund_line AS line'
               ' WHERE line.refund_id = refund.id), 0)')
    op.execute("UPDATE refund SET way = 'payout' WHERE payment_id IN (SELECT id FROM payment WHERE provider = 'cash')")

"""customers: what their orders come to, a search, an index for each order of the list; groups, notes, support

Revision ID: 0016
Revises: 0015
Create Date: 2026-11-21 08:30:00.000000

"""
import sqlalchemy as sa
from alembic import op

from shop.lib.columns import MoneyColumn, UtcDateTime

# revision identifiers, used by Alembic.
revision = '0016'
down_revision = '0015'
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')
SORTS = ('created_at', 'orders_count', 'spent')
# The expression `shop/accounts/customers/queries.py` asks for: parts of names, of e-mails and of phones.
SEARCHED = "lower(first_name || ' ' || last_name || ' ' || coalesce(email, '') || ' ' || coalesce(phone, ''))"
COUNTED = """
UPDATE user_account SET
  orders_count = (SELECT count(*) FROM shop_order WHERE user_id = user_account.id),
  spent = (SELECT coalesce(sum(total), 0) FROM shop_order
           WHERE user_id = user_account.id AND state NOT IN ('cancelled', 'returned')),
  last_order_at = (SELECT max(placed_at) FROM shop_order WHERE user_id = user_account.id)
WHERE id IN (SELECT user_id FROM shop_order)
"""


def upgrade():
    with op.batch_alter_table('user_account', schema=None) as batch_op:
        batch_op.add_column(sa.Column('orders_count', sa.Integer(), server_default='0', nullable=False))
        batch_op.add_column(sa.Column('spent', MoneyColumn(), server_default='0', nullable=False))
        batch_op.add_column(sa.Column('last_order_at', UtcDateTime(), nullable=True))
    op.execute(COUNTED)
    for column in SORTS:
        op.create_index(f'ix_user_account_{column}', 'user_account', [column, 'id'])
    op.execute('CREATE INDEX ix_user_account_by_name ON user_account (lower(first_name), lower(last_name), id)')
    if op.get_context().dialect.name == 'postgresql':
        op.execute('CREATE EXTENSION IF NOT EXISTS pg_trgm')
        op.execute(f'CREATE INDEX ix_user_account_searched ON user_account USING gin (({SEARCHED}) gin_trgm_ops)')
    op.create_table('customer_group',
    sa.Column('id', KEY, nullable=False),
    sa.Column('code', sa.String(length=60), nullable=False),
    sa.Column('name', sa.String(length=60), nullable=False),
    sa.Column('description', sa.String(length=300), nullable=False),
    sa.Column('created_at', UtcDateTime(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_customer_group')),
    sa.UniqueConstraint('code', name=op.f('uq_customer_group_code'))
    )
    op.create_table('customer_group_member',
    sa.Column('group_id', KEY, nullable=False),
    sa.Column('user_id', KEY, nullable=False),
    sa.Column('added_by', KEY, nullable=True),
    sa.Column('added_at', UtcDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['group_id'], ['customer_group.id'], name=op.f('fk_customer_group_member_group_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['user_id'], ['user_account.id'], name=op.f('fk_customer_group_member_user_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('group_id', 'user_id', name=op.f('pk_customer_group_member'))
    )
    op.create_index(op.f('ix_customer_group_member_user_id'), 'customer_group_member', ['user_id'])
    op.create_table('customer_note',
    sa.Column('id', KEY, nullable=False),
    sa.Column('user_id', KEY, nullable=False),
    sa.Column('author_id', KEY, nullable=False),
    sa.Column('text', sa.String(length=2000), nullable=False),
    sa.Column('created_at', UtcDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['author_id'], ['user_account.id'], name=op.f('fk_customer_note_author_id')),
    sa.ForeignKeyConstraint(['user_id'], ['user_account.id'], name=op.f('fk_customer_note_user_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_customer_note'))
    )
    op.create_index(op.f('ix_customer_note_author_id'), 'customer_note', ['author_id'])
    op.create_index(op.f('ix_customer_note_user_id'), 'customer_note', ['user_id'])
    op.create_table('support_visit',
    sa.Column('id', KEY, nullable=False),
    sa.Column('user_id', KEY, nullable=False),
    sa.Column('helper_id', KEY, nullable=False),
    sa.Column('session_id', sa.String(length=43), nullable=True),
    sa.Column('reason', sa.String(length=300), nullable=False),
    sa.Column('started_at', UtcDateTime(), nullable=False),
    sa.Column('ends_at', UtcDateTime(), nullable=False),
    sa.Column('ended_at', UtcDateTime(), nullable=True),
    sa.ForeignKeyConstraint(['helper_id'], ['user_account.id'], name=op.f('fk_support_visit_helper_id')),
    sa.ForeignKeyConstraint(['user_id'], ['user_account.id'], name=op.f('fk_support_visit_user_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_support_visit')),
    sa.UniqueConstraint('session_id', name=op.f('uq_support_visit_session_id'))
    )
    op.create_index(op.f('ix_support_visit_helper_id'), 'support_visit', ['helper_id'])
    op.create_index(op.f('ix_support_visit_user_id'), 'support_visit', ['user_id'])
    with op.batch_alter_table('session', schema=None) as batch_op:
        batch_op.add_column(sa.Column('opened_from', sa.String(length=43), nullable=True))


def downgrade():
    with op.batch_alter_table('session', schema=None) as batch_op:
        batch_op.drop_column('opened_from')
    for table in ('support_visit', 'customer_note', 'customer_group_member', 'customer_group'):
        op.drop_table(table)
    op.execute('DROP INDEX IF EXISTS ix_user_account_searched')
    for name in ('by_name', *SORTS):
        op.drop_index(f'ix_user_account_{name}', table_name='user_account')
    with op.batch_alter_table('user_account', schema=None) as batch_op:
        for column in ('last_order_at', 'spent', 'orders_count'):
            batch_op.drop_column(column)

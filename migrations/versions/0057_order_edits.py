"""lines of an order changed before it is packed, and what goes back because of that

Revision ID: 0057
Revises: 0056
Create Date: 2026-11-22 01:45:00.000000

"""
import sqlalchemy as sa
from alembic import op
from shop.lib.columns import MoneyColumn, UtcDateTime

# revision identifiers, used by Alembic.
revision = '0057'
down_revision = '0056'
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')
PERMISSION = 'order:edit'
BEFORE, AFTER = 'ck_order_line_quantity_positive', 'ck_order_line_quantity_not_negative'
role = sa.table('role', sa.column('id', sa.Integer), sa.column('name', sa.String))
granted = sa.table('role_permission', sa.column('role_id', sa.Integer), sa.column('permission', sa.String))


def upgrade():
    op.create_table(
        'order_edit',
        sa.Column('id', ID, nullable=False),
        sa.Column('order_id', ID, nullable=False),
        sa.Column('changes', sa.JSON(), nullable=False),
        sa.Column('total_before', MoneyColumn(), nullable=False),
        sa.Column('total_after', MoneyColumn(), nullable=False),
        sa.Column('created_at', UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(['order_id'], ['shop_order.id'], name=op.f('fk_order_edit_order_id_shop_order')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_order_edit')),
    )
    op.create_index(op.f('ix_order_edit_order_id'), 'order_edit', ['order_id'])
    op.add_column('refund', sa.Column('excess', MoneyColumn(), server_default='0', nullable=False))
    with op.batch_alter_table('order_line') as batch_op:
        batch_op.drop_constraint(op.f(BEFORE), type_='check')
        batch_op.create_check_constraint(op.f(AFTER), 'quantity >= 0')
    # A shop that has its roles already gives them what a new shop's roles get.
    given = sa.select(role.c.id, sa.literal(PERMISSION)).where(role.c.name.in_(('owner', 'staff')))
    op.execute(granted.insert().from_select(['role_id', 'permission'], given))


def downgrade():
    op.execute(granted.delete().where(granted.c.permission == PERMISSION))
    # Lines that are out of their order go, with what still named them; money that went back was for its delivery.
    out = 'SELECT id FROM order_line WHERE quantity = 0'
    op.execute(f'DELETE FROM parcel_line WHERE order_line_id IN ({out})')
    op.execute('UPDATE refund SET delivery = delivery + excess + coalesce((SELECT sum(line.amount) FROM refund_line AS'
               f' line WHERE line.refund_id = refund.id AND line.order_line_id IN ({out})), 0)')
    op.execute(f'DELETE FROM refund_line WHERE order_line_id IN ({out})')
    op.execute(f'UPDATE invoice_line SET order_line_id = NULL WHERE order_line_id IN ({out})')
    op.execute('DELETE FROM order_line WHERE quantity = 0')
    with op.batch_alter_table('order_line') as batch_op:
        batch_op.drop_constraint(op.f(AFTER), type_='check')
        batch_op.create_check_constraint(op.f(BEFORE), 'quantity > 0')
    op.drop_column('refund', 'excess')
    op.drop_table('order_edit')

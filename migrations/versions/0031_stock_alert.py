"""what runs low is told once, until new goods come in

Revision ID: 0031
Revises: 0030
Create Date: 2026-11-21 11:45:00.000000

"""
import sqlalchemy as sa
from alembic import op
from shop.lib.columns import UtcDateTime

# revision identifiers, used by Alembic.
revision = '0031'
down_revision = '0030'
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')
LOW = sa.text('reorder_point >= on_hand - reserved')


def upgrade():
    op.create_table(
        'stock_alert',
        sa.Column('id', ID, nullable=False),
        sa.Column('created_at', UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_stock_alert')),
    )
    with op.batch_alter_table('stock_level', schema=None) as batch_op:
        batch_op.add_column(sa.Column('alert_id', ID, nullable=True))
        batch_op.create_foreign_key(batch_op.f('fk_stock_level_alert_id_stock_alert'), 'stock_alert', ['alert_id'], ['id'])
        batch_op.create_index(batch_op.f('ix_stock_level_alert_id'), ['alert_id'], unique=False)
        batch_op.create_index('ix_stock_level_low', ['variant_id'], unique=False, sqlite_where=LOW, postgresql_where=LOW)


def downgrade():
    with op.batch_alter_table('stock_level', schema=None) as batch_op:
        batch_op.drop_index('ix_stock_level_low')
        batch_op.drop_index(batch_op.f('ix_stock_level_alert_id'))
        batch_op.drop_constraint(batch_op.f('fk_stock_level_alert_id_stock_alert'), type_='foreignkey')
        batch_op.drop_column('alert_id')
    op.drop_table('stock_alert')

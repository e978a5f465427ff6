"""a correction of stock can be taken back by a counter-entry

Revision ID: 0030
Revises: 0029
Create Date: 2026-11-21 11:30:00.000000

"""
import sqlalchemy as sa
from alembic import op

# revision identifiers, used by Alembic.
revision = '0030'
down_revision = '0029'
branch_labels = None
depends_on = None

REF = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')


def upgrade():
    with op.batch_alter_table('stock_ledger', schema=None) as batch_op:
        batch_op.add_column(sa.Column('undoes', REF, nullable=True))
        batch_op.create_unique_constraint(batch_op.f('uq_stock_ledger_undoes'), ['undoes'])
        batch_op.create_foreign_key(
            batch_op.f('fk_stock_ledger_undoes_stock_ledger'), 'stock_ledger', ['undoes'], ['id'])


def downgrade():
    with op.batch_alter_table('stock_ledger', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_stock_ledger_undoes_stock_ledger'), type_='foreignkey')
        batch_op.drop_constraint(batch_op.f('uq_stock_ledger_undoes'), type_='unique')
        batch_op.drop_column('undoes')

"""what an address is for, and a default for each use

Revision ID: 0018
Revises: 0017
Create Date: 2026-11-21 08:50:00.000000

"""
import sqlalchemy as sa
from alembic import op
from shop.lib.columns import UtcDateTime

# revision identifiers, used by Alembic.
revision = '0018'
down_revision = '0017'
branch_labels = None
depends_on = None


def upgrade():
    with op.batch_alter_table('address', schema=None) as batch_op:
        batch_op.add_column(sa.Column('address_type', sa.String(length=10), server_default='both', nullable=False))
        batch_op.add_column(sa.Column('billing_default_at', UtcDateTime(), nullable=True))
        batch_op.alter_column('default_at', new_column_name='shipping_default_at')
    op.execute(sa.text('UPDATE address SET billing_default_at = shipping_default_at'))


def downgrade():
    with op.batch_alter_table('address', schema=None) as batch_op:
        batch_op.alter_column('shipping_default_at', new_column_name='default_at')
        batch_op.drop_column('billing_default_at')
        batch_op.drop_column('address_type')

"""a store has a PAN and pages elsewhere; its tax numbers are its own

Revision ID: 0026
Revises: 0025
Create Date: 2026-11-21 09:30:00.000000

"""
import sqlalchemy as sa
from alembic import op

# revision identifiers, used by Alembic.
revision = '0026'
down_revision = '0025'
branch_labels = None
depends_on = None


def upgrade():
    with op.batch_alter_table('store_profile', schema=None) as batch_op:
        batch_op.add_column(sa.Column('pan', sa.String(length=10), nullable=True))
        batch_op.add_column(sa.Column('social', sa.JSON(), server_default='{}', nullable=False))
        batch_op.create_unique_constraint(batch_op.f('uq_store_profile_gstin'), ['gstin'])
        batch_op.create_unique_constraint(batch_op.f('uq_store_profile_pan'), ['pan'])


def downgrade():
    with op.batch_alter_table('store_profile', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('uq_store_profile_pan'), type_='unique')
        batch_op.drop_constraint(batch_op.f('uq_store_profile_gstin'), type_='unique')
        batch_op.drop_column('social')
        batch_op.drop_column('pan')

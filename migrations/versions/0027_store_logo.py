"""a store has a logo

Revision ID: 0027
Revises: 0026
Create Date: 2026-11-21 09:40:00.000000

"""
import sqlalchemy as sa
from alembic import op

# revision identifiers, used by Alembic.
revision = '0027'
down_revision = '0026'
branch_labels = None
depends_on = None


def upgrade():
    op.add_column('store_profile', sa.Column('logo', sa.String(length=40), nullable=True))


def downgrade():
    with op.batch_alter_table('store_profile', schema=None) as batch_op:
        batch_op.drop_column('logo')

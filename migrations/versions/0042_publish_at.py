"""when a hidden product comes on the shelf

Revision ID: 0042
Revises: 0041
Create Date: 2026-11-21 14:50:00.000000

"""
import sqlalchemy as sa
from alembic import op

from shop.lib.columns import UtcDateTime

# revision identifiers, used by Alembic.
revision = '0042'
down_revision = '0041'
branch_labels = None
depends_on = None

NAME = 'ix_product_publish_at'
SET = sa.text('publish_at IS NOT NULL')


def upgrade():
    op.add_column('product', sa.Column('publish_at', UtcDateTime(), nullable=True))
    op.create_index(NAME, 'product', ['publish_at'], unique=False, postgresql_where=SET, sqlite_where=SET)


def downgrade():
    op.drop_index(NAME, 'product')
    op.drop_column('product', 'publish_at')

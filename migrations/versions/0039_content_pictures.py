"""pictures for pages of text

Revision ID: 0039
Revises: 0038
Create Date: 2026-11-21 13:00:00.000000

"""
import sqlalchemy as sa
from alembic import op
from shop.lib.columns import UtcDateTime

# revision identifiers, used by Alembic.
revision = '0039'
down_revision = '0038'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('content_picture',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('picture', sa.String(length=40), nullable=False),
    sa.Column('size', sa.Integer(), nullable=False),
    sa.Column('created_at', UtcDateTime(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_content_picture'))
    )


def downgrade():
    op.drop_table('content_picture')

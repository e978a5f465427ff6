"""length, width and height of variants

Revision ID: 0042
Revises: 0041
Create Date: 2026-11-21 15:00:00.000000

"""
import sqlalchemy as sa
from alembic import op

# revision identifiers, used by Alembic.
revision = '0042'
down_revision = '0041'
branch_labels = None
depends_on = None

MEASURES = ('length_mm', 'width_mm', 'height_mm')


def upgrade():
    for name in MEASURES:
        op.add_column('variant', sa.Column(name, sa.Integer(), server_default='0', nullable=False))


def downgrade():
    for name in reversed(MEASURES):
        op.drop_column('variant', name)

"""pictures are known by the file they came in, and by what was drawn

Revision ID: 0045
Revises: 0044
Create Date: 2026-11-21 15:00:00.000000

"""
import sqlalchemy as sa
from alembic import op

# revision identifiers, used by Alembic.
revision = '0045'
down_revision = '0044'
branch_labels = None
depends_on = None


def upgrade():
    with op.batch_alter_table('picture', schema=None) as batch_op:
        batch_op.add_column(sa.Column('digest', sa.String(length=64), nullable=True))
        batch_op.add_column(sa.Column('file_name', sa.String(length=120), nullable=True))


def downgrade():
    with op.batch_alter_table('picture', schema=None) as batch_op:
        batch_op.drop_column('file_name')
        batch_op.drop_column('digest')

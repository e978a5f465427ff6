"""pictures of products that people upload: in AVIF as well, deleted until their files go

Revision ID: 0032
Revises: 0031
Create Date: 2026-11-21 11:35:00.000000

"""
import sqlalchemy as sa
from alembic import op
from shop.lib.columns import UtcDateTime

# revision identifiers, used by Alembic.
revision = '0032'
down_revision = '0031'
branch_labels = None
depends_on = None


def upgrade():
    with op.batch_alter_table('picture', schema=None) as batch_op:
        batch_op.add_column(sa.Column('has_avif', sa.Boolean(), server_default=sa.false(), nullable=False))
        batch_op.add_column(sa.Column('deleted_at', UtcDateTime(), nullable=True))


def downgrade():
    # What was uploaded or deleted means nothing to the release before.
    op.execute("DELETE FROM picture WHERE deleted_at IS NOT NULL OR stem LIKE 'media/%'")
    with op.batch_alter_table('picture', schema=None) as batch_op:
        batch_op.drop_column('deleted_at')
        batch_op.drop_column('has_avif')

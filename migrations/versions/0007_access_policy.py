"""the version of what roles allow

Revision ID: 0007
Revises: 0006
Create Date: 2026-11-21 06:50:00.000000

"""
import secrets

import sqlalchemy as sa
from alembic import op

# revision identifiers, used by Alembic.
revision = '0007'
down_revision = '0006'
branch_labels = None
depends_on = None


def upgrade():
    policy = op.create_table('access_policy',
    sa.Column('id', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('version', sa.String(length=16), nullable=False),
    sa.CheckConstraint('id = 1', name=op.f('ck_access_policy_one_row')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_access_policy'))
    )
    op.bulk_insert(policy, [{'id': 1, 'version': secrets.token_hex(8)}])


def downgrade():
    op.drop_table('access_policy')

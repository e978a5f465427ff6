"""the catalogue's stamp

Revision ID: 0004
Revises: 0003
Create Date: 2026-11-21 06:00:00.000000

"""
import secrets

import sqlalchemy as sa
from alembic import op

# revision identifiers, used by Alembic.
revision = '0004'
down_revision = '0003'
branch_labels = None
depends_on = None


def upgrade():
    stamp = op.create_table('catalogue_stamp',
    sa.Column('id', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('value', sa.String(length=16), nullable=False),
    sa.CheckConstraint('id = 1', name=op.f('ck_catalogue_stamp_one_row')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_catalogue_stamp'))
    )
    op.bulk_insert(stamp, [{'id': 1, 'value': secrets.token_hex(8)}])


def downgrade():
    op.drop_table('catalogue_stamp')

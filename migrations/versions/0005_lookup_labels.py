"""labels of lookups, and the permission to change them

Revision ID: 0005
Revises: 0004
Create Date: 2026-11-21 06:20:00.000000

"""
import sqlalchemy as sa
from alembic import op

# revision identifiers, used by Alembic.
revision = '0005'
down_revision = '0004'
branch_labels = None
depends_on = None

PERMISSION = 'lookup:update'
role = sa.table('role', sa.column('id', sa.Integer), sa.column('name', sa.String))
granted = sa.table('role_permission', sa.column('role_id', sa.Integer), sa.column('permission', sa.String))


def upgrade():
    op.create_table('lookup_label',
    sa.Column('lookup', sa.String(length=20), nullable=False),
    sa.Column('number', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('code', sa.String(length=20), nullable=False),
    sa.Column('label', sa.String(length=60), nullable=False),
    sa.Column('folded', sa.String(length=180), nullable=False),
    sa.Column('idx', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('lookup', 'number', name=op.f('pk_lookup_label')),
    sa.UniqueConstraint('lookup', 'folded', name=op.f('uq_lookup_label_lookup_folded')),
    sa.UniqueConstraint('lookup', 'idx', name=op.f('uq_lookup_label_lookup_idx'))
    )
    # A shop that has its roles already gives the owner what a new shop's owner gets.
    owners = sa.select(role.c.id, sa.literal(PERMISSION)).where(role.c.name == 'owner')
    op.execute(granted.insert().from_select(['role_id', 'permission'], owners))


def downgrade():
    op.execute(granted.delete().where(granted.c.permission == PERMISSION))
    op.drop_table('lookup_label')

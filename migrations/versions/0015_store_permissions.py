"""the permissions to change settings and the store

Revision ID: 0015
Revises: 0014
Create Date: 2026-11-21 08:40:00.000000

"""
import sqlalchemy as sa
from alembic import op

# revision identifiers, used by Alembic.
revision = '0015'
down_revision = '0014'
branch_labels = None
depends_on = None

PERMISSIONS = ('setting:update', 'store:update')
role = sa.table('role', sa.column('id', sa.Integer), sa.column('name', sa.String))
granted = sa.table('role_permission', sa.column('role_id', sa.Integer), sa.column('permission', sa.String))


def upgrade():
    # A shop that has its roles already gives the owner what a new shop's owner gets.
    for permission in PERMISSIONS:
        owners = sa.select(role.c.id, sa.literal(permission)).where(role.c.name == 'owner')
        op.execute(granted.insert().from_select(['role_id', 'permission'], owners))


def downgrade():
    op.execute(granted.delete().where(granted.c.permission.in_(PERMISSIONS)))

"""the permissions to change, deactivate and help customers

Revision ID: 0020
Revises: 0019
Create Date: 2026-11-21 08:55:00.000000

"""
import sqlalchemy as sa
from alembic import op

# revision identifiers, used by Alembic.
revision = '0020'
down_revision = '0019'
branch_labels = None
depends_on = None

GIVEN = {
    'customer:update': ('owner', 'staff'),
    'customer:deactivate': ('owner',),
}
role = sa.table('role', sa.column('id', sa.Integer), sa.column('name', sa.String))
granted = sa.table('role_permission', sa.column('role_id', sa.Integer), sa.column('permission', sa.String))


def upgrade():
    # A shop that has its roles already gives them what a new shop's roles get.
    for permission, names in GIVEN.items():
        given = sa.select(role.c.id, sa.literal(permission)).where(role.c.name.in_(names))
        op.execute(granted.insert().from_select(['role_id', 'permission'], given))


def downgrade():
    op.execute(granted.delete().where(granted.c.permission.in_(GIVEN)))

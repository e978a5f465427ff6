"""the permission to delete customers

Revision ID: 0024
Revises: 0023
Create Date: 2026-11-21 08:55:00.000000

"""
import sqlalchemy as sa
from alembic import op

# revision identifiers, used by Alembic.
revision = '0024'
down_revision = '0023'
branch_labels = None
depends_on = None

PERMISSION = 'customer:delete'
role = sa.table('role', sa.column('id', sa.Integer), sa.column('name', sa.String))
granted = sa.table('role_permission', sa.column('role_id', sa.Integer), sa.column('permission', sa.String))


def upgrade():
    # A shop that has its roles already gives the owner what a new shop's owner gets.
    owners = sa.select(role.c.id, sa.literal(PERMISSION)).where(role.c.name == 'owner')
    op.execute(granted.insert().from_select(['role_id', 'permission'], owners))


def downgrade():
    op.execute(granted.delete().where(granted.c.permission == PERMISSION))

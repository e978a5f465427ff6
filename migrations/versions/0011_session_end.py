"""the permission to log customers out

Revision ID: 0011
Revises: 0010
Create Date: 2026-11-21 07:20:00.000000

"""
import sqlalchemy as sa
from alembic import op

# revision identifiers, used by Alembic.
revision = '0011'
down_revision = '0010'
branch_labels = None
depends_on = None

PERMISSION = 'session:end'
role = sa.table('role', sa.column('id', sa.Integer), sa.column('name', sa.String))
granted = sa.table('role_permission', sa.column('role_id', sa.Integer), sa.column('permission', sa.String))


def upgrade():
    # A shop that has its roles already gives them what a new shop's roles get.
    given = sa.select(role.c.id, sa.literal(PERMISSION)).where(role.c.name.in_(('owner', 'staff')))
    op.execute(granted.insert().from_select(['role_id', 'permission'], given))


def downgrade():
    op.execute(granted.delete().where(granted.c.permission == PERMISSION))

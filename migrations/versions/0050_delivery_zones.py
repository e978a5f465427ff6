"""where a delivery method goes, and who may change the methods

Revision ID: 0050
Revises: 0049
Create Date: 2026-11-21 22:20:00.000000

"""
import sqlalchemy as sa
from alembic import op

# revision identifiers, used by Alembic.
revision = '0050'
down_revision = '0049'
branch_labels = None
depends_on = None

PERMISSION = 'delivery:manage'
ZONES = ('states', 'cities', 'postal_codes')
role = sa.table('role', sa.column('id', sa.Integer), sa.column('name', sa.String))
granted = sa.table('role_permission', sa.column('role_id', sa.Integer), sa.column('permission', sa.String))


def upgrade():
    op.add_column('delivery_method', sa.Column('description', sa.String(200), server_default='', nullable=False))
    for zone in ZONES:
        op.add_column('delivery_method', sa.Column(zone, sa.JSON(), server_default='[]', nullable=False))
    # A shop that has its roles already gives them what a new shop's roles get.
    given = sa.select(role.c.id, sa.literal(PERMISSION)).where(role.c.name.in_(('owner', 'staff')))
    op.execute(granted.insert().from_select(['role_id', 'permission'], given))


def downgrade():
    op.execute(granted.delete().where(granted.c.permission == PERMISSION))
    for column in ('description', *ZONES):
        op.drop_column('delivery_method', column)

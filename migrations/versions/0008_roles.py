"""roles the owner makes, and the permissions to make them and to run the team

Revision ID: 0008
Revises: 0007
Create Date: 2026-11-21 07:00:00.000000

"""
import sqlalchemy as sa
from alembic import op

# revision identifiers, used by Alembic.
revision = '0008'
down_revision = '0007'
branch_labels = None
depends_on = None

PERMISSIONS = ('role:update', 'team:read', 'team:update')
role = sa.table('role', sa.column('id', sa.Integer), sa.column('name', sa.String))
granted = sa.table('role_permission', sa.column('role_id', sa.Integer), sa.column('permission', sa.String))


def upgrade():
    with op.batch_alter_table('role', schema=None) as batch_op:
        batch_op.add_column(sa.Column('description', sa.String(length=300), server_default='', nullable=False))
    # A shop that has its roles already gives the owner what a new shop's owner gets.
    for permission in PERMISSIONS:
        owners = sa.select(role.c.id, sa.literal(permission)).where(role.c.name == 'owner')
        op.execute(granted.insert().from_select(['role_id', 'permission'], owners))


def downgrade():
    op.execute(granted.delete().where(granted.c.permission.in_(PERMISSIONS)))
    with op.batch_alter_table('role', schema=None) as batch_op:
        batch_op.drop_column('description')

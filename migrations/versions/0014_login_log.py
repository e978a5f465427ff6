"""login log, and the permissions to read it and delete from it

Revision ID: 0014
Revises: 0013
Create Date: 2026-11-21 08:25:00.000000

"""
import sqlalchemy as sa
from alembic import op

import shop.lib.columns

# revision identifiers, used by Alembic.
revision = '0014'
down_revision = '0013'
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')
PERMISSIONS = ('log:read', 'log:delete')
role = sa.table('role', sa.column('id', sa.Integer), sa.column('name', sa.String))
granted = sa.table('role_permission', sa.column('role_id', sa.Integer), sa.column('permission', sa.String))


def upgrade():
    op.create_table('login_entry',
    sa.Column('id', ID, nullable=False),
    sa.Column('kind', sa.String(length=10), nullable=False),
    sa.Column('at', shop.lib.columns.UtcDateTime(timezone=True), nullable=False),
    sa.Column('user_id', ID, nullable=True),
    sa.Column('typed', sa.String(length=80), server_default='', nullable=False),
    sa.Column('ip', sa.String(length=45), nullable=True),
    sa.Column('user_agent', sa.String(length=300), nullable=True),
    sa.Column('tries', sa.Integer(), server_default='1', nullable=False),
    sa.Column('place', sa.String(length=80), nullable=True),
    sa.Column('number', sa.Integer(), nullable=True),
    sa.Column('entered_by', ID, nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_login_entry')),
    sa.UniqueConstraint('place', 'number', name=op.f('uq_login_entry_place_number'))
    )
    for name, columns in (('at', ['at']), ('ip', ['ip', 'id']), ('kind', ['kind', 'id']), ('user', ['user_id', 'id'])):
        op.create_index(op.f(f'ix_login_entry_{name}'), 'login_entry', columns, unique=False)
    # A shop that has its roles already gives the owner what a new shop's owner gets.
    for permission in PERMISSIONS:
        owners = sa.select(role.c.id, sa.literal(permission)).where(role.c.name == 'owner')
        op.execute(granted.insert().from_select(['role_id', 'permission'], owners))


def downgrade():
    op.execute(granted.delete().where(granted.c.permission.in_(PERMISSIONS)))
    op.drop_table('login_entry')

"""two-factor sign-in, and the permission to reset it for somebody of the team

Revision ID: 0019
Revises: 0018
Create Date: 2026-11-21 08:20:00.000000

"""
import sqlalchemy as sa
from alembic import op

from shop.lib.columns import EncryptedText, UtcDateTime

# revision identifiers, used by Alembic.
revision = '0019'
down_revision = '0018'
branch_labels = None
depends_on = None

PERMISSION = 'two_factor:reset'
BIG = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')
role = sa.table('role', sa.column('id', sa.Integer), sa.column('name', sa.String))
granted = sa.table('role_permission', sa.column('role_id', sa.Integer), sa.column('permission', sa.String))


def upgrade():
    op.create_table('two_factor',
    sa.Column('user_id', BIG, nullable=False),
    sa.Column('secret', EncryptedText(), nullable=False),
    sa.Column('created_at', UtcDateTime(), nullable=False),
    sa.Column('confirmed_at', UtcDateTime(), nullable=True),
    sa.ForeignKeyConstraint(['user_id'], ['user_account.id'], name=op.f('fk_two_factor_user_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('user_id', name=op.f('pk_two_factor'))
    )
    op.create_table('two_factor_use',
    sa.Column('user_id', BIG, nullable=False),
    sa.Column('tries', sa.Integer(), nullable=False),
    sa.Column('tried_at', UtcDateTime(), nullable=False),
    sa.Column('last_step', sa.BigInteger(), nullable=False),
    sa.ForeignKeyConstraint(['user_id'], ['user_account.id'], name=op.f('fk_two_factor_use_user_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('user_id', name=op.f('pk_two_factor_use'))
    )
    op.create_table('recovery_code',
    sa.Column('id', BIG, nullable=False),
    sa.Column('user_id', BIG, nullable=False),
    sa.Column('code_hash', sa.String(length=64), nullable=False),
    sa.Column('created_at', UtcDateTime(), nullable=False),
    sa.Column('used_at', UtcDateTime(), nullable=True),
    sa.ForeignKeyConstraint(['user_id'], ['user_account.id'], name=op.f('fk_recovery_code_user_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_recovery_code'))
    )
    op.create_index('ix_recovery_code_user_id', 'recovery_code', ['user_id'])
    op.create_table('sign_in_challenge',
    sa.Column('id', BIG, nullable=False),
    sa.Column('user_id', BIG, nullable=False),
    sa.Column('token_hash', sa.String(length=64), nullable=False),
    sa.Column('password_mark', sa.String(length=64), nullable=False),
    sa.Column('remember', sa.Boolean(), nullable=False),
    sa.Column('created_at', UtcDateTime(), nullable=False),
    sa.Column('expires_at', UtcDateTime(), nullable=False),
    sa.Column('used_at', UtcDateTime(), nullable=True),
    sa.ForeignKeyConstraint(['user_id'], ['user_account.id'], name=op.f('fk_sign_in_challenge_user_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_sign_in_challenge')),
    sa.UniqueConstraint('token_hash', name=op.f('uq_sign_in_challenge_token_hash'))
    )
    op.create_index('ix_sign_in_challenge_user_id', 'sign_in_challenge', ['user_id'])
    # A shop that has its roles already gives the owner what a new shop's owner gets.
    owners = sa.select(role.c.id, sa.literal(PERMISSION)).where(role.c.name == 'owner')
    op.execute(granted.insert().from_select(['role_id', 'permission'], owners))


def downgrade():
    op.execute(granted.delete().where(granted.c.permission == PERMISSION))
    for table in ('sign_in_challenge', 'recovery_code', 'two_factor_use', 'two_factor'):
        op.drop_table(table)

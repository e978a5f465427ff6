"""signing in with Google and GitHub, and login links

Revision ID: 0025
Revises: 0024
Create Date: 2026-11-21 09:10:00.000000

"""
import sqlalchemy as sa
from alembic import op

from shop.lib.columns import UtcDateTime

# revision identifiers, used by Alembic.
revision = '0025'
down_revision = '0024'
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')


def upgrade():
    op.create_table('linked_sign_in',
    sa.Column('id', BIG, nullable=False),
    sa.Column('user_id', BIG, nullable=False),
    sa.Column('provider', sa.String(length=20), nullable=False),
    sa.Column('subject', sa.String(length=255), nullable=False),
    sa.Column('email', sa.String(length=254), nullable=False),
    sa.Column('created_at', UtcDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['user_id'], ['user_account.id'], name=op.f('fk_linked_sign_in_user_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_linked_sign_in')),
    sa.UniqueConstraint('provider', 'subject', name=op.f('uq_linked_sign_in_provider_subject')),
    sa.UniqueConstraint('user_id', 'provider', name=op.f('uq_linked_sign_in_user_id_provider'))
    )
    op.create_table('used_state',
    sa.Column('state_hash', sa.String(length=64), nullable=False),
    sa.Column('expires_at', UtcDateTime(), nullable=False),
    sa.PrimaryKeyConstraint('state_hash', name=op.f('pk_used_state'))
    )
    op.create_table('login_link',
    sa.Column('id', BIG, nullable=False),
    sa.Column('user_id', BIG, nullable=False),
    sa.Column('token_hash', sa.String(length=64), nullable=False),
    sa.Column('created_at', UtcDateTime(), nullable=False),
    sa.Column('expires_at', UtcDateTime(), nullable=False),
    sa.Column('used_at', UtcDateTime(), nullable=True),
    sa.ForeignKeyConstraint(['user_id'], ['user_account.id'], name=op.f('fk_login_link_user_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_login_link')),
    sa.UniqueConstraint('token_hash', name=op.f('uq_login_link_token_hash'))
    )
    op.create_index('ix_login_link_user_id', 'login_link', ['user_id'])
    op.add_column('user_account', sa.Column('made_with', sa.String(length=20), nullable=True))
    op.add_column('user_account', sa.Column('random_password_at', UtcDateTime(), nullable=True))


def downgrade():
    op.drop_column('user_account', 'random_password_at')
    op.drop_column('user_account', 'made_with')
    for table in ('login_link', 'used_state', 'linked_sign_in'):
        op.drop_table(table)

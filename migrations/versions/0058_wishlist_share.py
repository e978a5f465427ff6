"""links to wishlists that their owners share

Revision ID: 0058
Revises: 0057
Create Date: 2026-11-22 02:00:00.000000

"""
import sqlalchemy as sa
from alembic import op
from shop.lib.columns import UtcDateTime

# revision identifiers, used by Alembic.
revision = '0058'
down_revision = '0057'
branch_labels = None
depends_on = None

REF = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')


def upgrade():
    op.create_table(
        'wishlist_share',
        sa.Column('id', REF, nullable=False),
        sa.Column('user_id', REF, nullable=True),
        sa.Column('session_id', sa.String(43), nullable=True),
        sa.Column('token', sa.String(43), nullable=False),
        sa.Column('name', sa.String(40), nullable=False),
        sa.Column('created_at', UtcDateTime(), nullable=False),
        sa.CheckConstraint('(user_id IS NULL) <> (session_id IS NULL)', name=op.f('ck_wishlist_share_one_owner')),
        sa.ForeignKeyConstraint(['user_id'], ['user_account.id'], name=op.f('fk_wishlist_share_user_id_user_account'),
                                ondelete='CASCADE'),
        sa.ForeignKeyConstraint(['session_id'], ['session.id'], name=op.f('fk_wishlist_share_session_id_session'),
                                ondelete='CASCADE'),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_wishlist_share')),
        sa.UniqueConstraint('user_id', name=op.f('uq_wishlist_share_user_id')),
        sa.UniqueConstraint('session_id', name=op.f('uq_wishlist_share_session_id')),
        sa.UniqueConstraint('token', name=op.f('uq_wishlist_share_token')),
    )


def downgrade():
    op.drop_table('wishlist_share')

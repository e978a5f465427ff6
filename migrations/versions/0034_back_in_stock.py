"""people wait for a sold-out size

Revision ID: 0034
Revises: 0033
Create Date: 2026-11-21 12:20:00.000000

"""
import sqlalchemy as sa
from alembic import op
from shop.lib.columns import UtcDateTime

# revision identifiers, used by Alembic.
revision = '0034'
down_revision = '0033'
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')
WAITS = {'sqlite_where': sa.text('told_at IS NULL'), 'postgresql_where': sa.text('told_at IS NULL')}


def upgrade():
    op.create_table(
        'back_in_stock',
        sa.Column('id', ID, nullable=False),
        sa.Column('variant_id', ID, nullable=False),
        sa.Column('user_id', ID, nullable=True),
        sa.Column('email', sa.String(length=254), nullable=True),
        sa.Column('created_at', UtcDateTime(), nullable=False),
        sa.Column('told_at', UtcDateTime(), nullable=True),
        sa.CheckConstraint('(user_id IS NULL) <> (email IS NULL)', name=op.f('ck_back_in_stock_one_person')),
        sa.ForeignKeyConstraint(
            ['variant_id'], ['variant.id'], name=op.f('fk_back_in_stock_variant_id_variant'), ondelete='CASCADE'),
        sa.ForeignKeyConstraint(
            ['user_id'], ['user_account.id'], name=op.f('fk_back_in_stock_user_id_user_account')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_back_in_stock')),
    )
    with op.batch_alter_table('back_in_stock', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_back_in_stock_user_id'), ['user_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_back_in_stock_email'), ['email'], unique=False)
        batch_op.create_index('ix_back_in_stock_waits', ['variant_id'], unique=False, **WAITS)
        batch_op.create_index('uq_back_in_stock_user', ['user_id', 'variant_id'], unique=True, **WAITS)
        batch_op.create_index('uq_back_in_stock_email', ['email', 'variant_id'], unique=True, **WAITS)


def downgrade():
    op.drop_table('back_in_stock')

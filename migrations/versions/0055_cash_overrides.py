"""whom the owner lets pay the courier

Revision ID: 0055
Revises: 0054
Create Date: 2026-11-21 22:55:00.000000

"""
import sqlalchemy as sa
from alembic import op
from shop.lib.columns import UtcDateTime

# revision identifiers, used by Alembic.
revision = '0055'
down_revision = '0054'
branch_labels = None
depends_on = None

REF = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')


def upgrade():
    op.create_table(
        'cash_override',
        sa.Column('user_id', REF, nullable=False),
        sa.Column('answer', sa.String(20), nullable=False),
        sa.Column('created_at', UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(['user_id'], ['user_account.id'], name=op.f('fk_cash_override_user_id')),
        sa.PrimaryKeyConstraint('user_id', name=op.f('pk_cash_override')),
    )


def downgrade():
    op.drop_table('cash_override')

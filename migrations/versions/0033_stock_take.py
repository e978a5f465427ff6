"""stock takes: what was counted beside what the books said

Revision ID: 0033
Revises: 0032
Create Date: 2026-11-21 12:00:00.000000

"""
import sqlalchemy as sa
from alembic import op
from shop.lib.columns import UtcDateTime

# revision identifiers, used by Alembic.
revision = '0033'
down_revision = '0032'
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')


def upgrade():
    op.create_table(
        'stock_take',
        sa.Column('id', ID, nullable=False),
        sa.Column('name', sa.String(length=80), nullable=False),
        sa.Column('actor', sa.String(length=120), nullable=False),
        sa.Column('created_at', UtcDateTime(), nullable=False),
        sa.Column('applied_at', UtcDateTime(), nullable=True),
        sa.Column('problems', sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_stock_take')),
    )
    op.create_table(
        'stock_take_line',
        sa.Column('take_id', ID, nullable=False),
        sa.Column('variant_id', ID, nullable=False),
        sa.Column('counted', sa.Integer(), nullable=False),
        sa.Column('seen', sa.Integer(), nullable=False),
        sa.Column('corrected', sa.Integer(), nullable=False),
        sa.Column('refused', sa.String(length=120), nullable=True),
        sa.ForeignKeyConstraint(
            ['take_id'], ['stock_take.id'], name=op.f('fk_stock_take_line_take_id_stock_take'), ondelete='CASCADE'),
        sa.ForeignKeyConstraint(
            ['variant_id'], ['variant.id'], name=op.f('fk_stock_take_line_variant_id_variant'), ondelete='CASCADE'),
        sa.PrimaryKeyConstraint('take_id', 'variant_id', name=op.f('pk_stock_take_line')),
    )


def downgrade():
    op.drop_table('stock_take_line')
    op.drop_table('stock_take')

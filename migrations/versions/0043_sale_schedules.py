"""sale prices that begin and end by the clock

Revision ID: 0043
Revises: 0042
Create Date: 2026-11-21 15:10:00.000000

"""
import sqlalchemy as sa
from alembic import op
from shop.lib.columns import MoneyColumn, UtcDateTime

# revision identifiers, used by Alembic.
revision = '0043'
down_revision = '0042'
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')
OPEN = sa.text('ended_at IS NULL')


def upgrade():
    op.create_table('sale_schedule',
    sa.Column('id', NUMBER, nullable=False),
    sa.Column('variant_id', NUMBER, nullable=False),
    sa.Column('sale_price', MoneyColumn(), nullable=False),
    sa.Column('starts_at', UtcDateTime(), nullable=False),
    sa.Column('ends_at', UtcDateTime(), nullable=True),
    sa.Column('started_at', UtcDateTime(), nullable=True),
    sa.Column('ended_at', UtcDateTime(), nullable=True),
    sa.Column('refusal', sa.String(length=300), nullable=True),
    sa.CheckConstraint('ends_at IS NULL OR ends_at > starts_at', name=op.f('ck_sale_schedule_ends_after_start')),
    sa.CheckConstraint('sale_price > 0', name=op.f('ck_sale_schedule_sale_price_positive')),
    sa.ForeignKeyConstraint(['variant_id'], ['variant.id'], name=op.f('fk_sale_schedule_variant_id_variant')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_sale_schedule'))
    )
    op.create_index(
        'ix_sale_schedule_open', 'sale_schedule', ['starts_at', 'ends_at'], unique=False,
        postgresql_where=OPEN, sqlite_where=OPEN)
    op.create_index(op.f('ix_sale_schedule_variant_id'), 'sale_schedule', ['variant_id'], unique=False)


def downgrade():
    op.drop_table('sale_schedule')

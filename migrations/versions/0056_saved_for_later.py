"""lines of a bag that wait for later

Revision ID: 0056
Revises: 0055
Create Date: 2026-11-22 01:35:00.000000

"""
import sqlalchemy as sa
from alembic import op
from shop.lib.columns import UtcDateTime

# revision identifiers, used by Alembic.
revision = '0056'
down_revision = '0055'
branch_labels = None
depends_on = None

IN_BAG, FOR_LATER = sa.text('saved_at IS NULL'), sa.text('saved_at IS NOT NULL')


def upgrade():
    with op.batch_alter_table('cart_line') as batch_op:
        batch_op.add_column(sa.Column('saved_at', UtcDateTime(), nullable=True))
        batch_op.drop_constraint(op.f('uq_cart_line_cart_id_variant_id'), type_='unique')
        batch_op.create_index(op.f('ix_cart_line_cart_id'), ['cart_id'], unique=False)
    for name, rows in (('uq_cart_line_bag', IN_BAG), ('uq_cart_line_later', FOR_LATER)):
        op.create_index(name, 'cart_line', ['cart_id', 'variant_id'], unique=True,
                        postgresql_where=rows, sqlite_where=rows)


def downgrade():
    # A bag holds a variant once, and what waits for later is in no bag.
    op.execute('DELETE FROM cart_line WHERE saved_at IS NOT NULL')
    for name in ('uq_cart_line_later', 'uq_cart_line_bag'):
        op.drop_index(name, table_name='cart_line')
    with op.batch_alter_table('cart_line') as batch_op:
        batch_op.drop_index(op.f('ix_cart_line_cart_id'))
        batch_op.create_unique_constraint(op.f('uq_cart_line_cart_id_variant_id'), ['cart_id', 'variant_id'])
        batch_op.drop_column('saved_at')

"""invoices and credit notes with their lines and counters, and who may see and write them and the tax rates

Revision ID: 0052
Revises: 0051
Create Date: 2026-11-21 22:30:00.000000

"""
import sqlalchemy as sa
from alembic import op
from shop.lib.columns import MoneyColumn, UtcDateTime

# revision identifiers, used by Alembic.
revision = '0052'
down_revision = '0051'
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')
LIVE = sa.text("kind = 'invoice' AND state <> 'void'")
CAME_BACK = sa.text("kind = 'credit_note' AND refund_id IS NULL")
PERMISSIONS = {
    'invoice:read': ('owner', 'staff', 'support'),
    'invoice:update': ('owner', 'staff'),
    'tax:update': ('owner',),
}
role = sa.table('role', sa.column('id', sa.Integer), sa.column('name', sa.String))
granted = sa.table('role_permission', sa.column('role_id', sa.Integer), sa.column('permission', sa.String))


def upgrade():
    op.create_table('invoice_counter',
    sa.Column('series', sa.String(length=10), nullable=False),
    sa.Column('last', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('series', name=op.f('pk_invoice_counter'))
    )
    op.create_table('invoice',
    sa.Column('id', NUMBER, nullable=False),
    sa.Column('kind', sa.String(length=12), nullable=False),
    sa.Column('state', sa.String(length=10), nullable=False),
    sa.Column('series', sa.String(length=10), nullable=True),
    sa.Column('ordinal', sa.Integer(), nullable=True),
    sa.Column('number', sa.String(length=16), nullable=True),
    sa.Column('order_id', NUMBER, nullable=False),
    sa.Column('corrects_id', NUMBER, nullable=True),
    sa.Column('refund_id', NUMBER, nullable=True),
    sa.Column('seller', sa.JSON(), nullable=False),
    sa.Column('buyer', sa.JSON(), nullable=False),
    sa.Column('place_of_supply', sa.String(length=60), nullable=False),
    sa.Column('currency', sa.String(length=3), nullable=False),
    sa.Column('taxable', MoneyColumn(), nullable=False),
    sa.Column('tax', MoneyColumn(), nullable=False),
    sa.Column('total', MoneyColumn(), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=True),
    sa.Column('note', sa.String(length=500), nullable=False),
    sa.Column('void_reason', sa.String(length=300), nullable=True),
    sa.Column('created_at', UtcDateTime(), nullable=False),
    sa.Column('issued_at', UtcDateTime(), nullable=True),
    sa.Column('paid_at', UtcDateTime(), nullable=True),
    sa.Column('voided_at', UtcDateTime(), nullable=True),
    sa.CheckConstraint("state IN ('draft', 'void') OR number IS NOT NULL", name=op.f('ck_invoice_numbered')),
    sa.CheckConstraint('(number IS NULL) = (ordinal IS NULL)', name=op.f('ck_invoice_number_of_series')),
    sa.CheckConstraint("(kind = 'credit_note') = (corrects_id IS NOT NULL)", name=op.f('ck_invoice_note_corrects')),
    sa.CheckConstraint('total = taxable + tax AND taxable >= 0 AND tax >= 0', name=op.f('ck_invoice_total_adds_up')),
    sa.ForeignKeyConstraint(['corrects_id'], ['invoice.id'], name=op.f('fk_invoice_corrects_id_invoice')),
    sa.ForeignKeyConstraint(['order_id'], ['shop_order.id'], name=op.f('fk_invoice_order_id_shop_order')),
    sa.ForeignKeyConstraint(['refund_id'], ['refund.id'], name=op.f('fk_invoice_refund_id_refund')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_invoice')),
    sa.UniqueConstraint('number', name=op.f('uq_invoice_number')),
    sa.UniqueConstraint('refund_id', name=op.f('uq_invoice_refund_id')),
    sa.UniqueConstraint('series', 'ordinal', name=op.f('uq_invoice_series_ordinal'))
    )
    op.create_index(op.f('ix_invoice_corrects_id'), 'invoice', ['corrects_id'], unique=False)
    op.create_index(op.f('ix_invoice_issued_at'), 'invoice', ['issued_at'], unique=False)
    op.create_index(op.f('ix_invoice_order_id'), 'invoice', ['order_id'], unique=False)
    op.create_index('ix_invoice_state_due', 'invoice', ['state', 'due_on'], unique=False)
    op.create_index('uq_invoice_order_live', 'invoice', ['order_id'], unique=True,
                    sqlite_where=LIVE, postgresql_where=LIVE)
    op.create_index('uq_invoice_came_back', 'invoice', ['corrects_id'], unique=True,
                    sqlite_where=CAME_BACK, postgresql_where=CAME_BACK)
    op.create_table('invoice_line',
    sa.Column('id', NUMBER, nullable=False),
    sa.Column('invoice_id', NUMBER, nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('order_line_id', NUMBER, nullable=True),
    sa.Column('corrects_id', NUMBER, nullable=True),
    sa.Column('name', sa.String(length=160), nullable=False),
    sa.Column('detail', sa.String(length=160), nullable=False),
    sa.Column('hsn', sa.String(length=8), nullable=False),
    sa.Column('quantity', sa.Integer(), nullable=False),
    sa.Column('taxable', MoneyColumn(), nullable=False),
    sa.Column('tax_rate', sa.Integer(), nullable=False),
    sa.Column('tax', MoneyColumn(), nullable=False),
    sa.Column('tax_central', MoneyColumn(), nullable=False),
    sa.Column('tax_state', MoneyColumn(), nullable=False),
    sa.Column('tax_whole', MoneyColumn(), nullable=False),
    sa.Column('total', MoneyColumn(), nullable=False),
    sa.CheckConstraint('tax = tax_central + tax_state + tax_whole AND tax_central >= 0 AND tax_state >= 0'
                       ' AND tax_whole >= 0', name=op.f('ck_invoice_line_tax_adds_up')),
    sa.CheckConstraint('total = taxable + tax AND taxable >= 0 AND quantity >= 0',
                       name=op.f('ck_invoice_line_total_adds_up')),
    sa.ForeignKeyConstraint(['corrects_id'], ['invoice_line.id'], name=op.f('fk_invoice_line_corrects_id_invoice_line')),
    sa.ForeignKeyConstraint(['invoice_id'], ['invoice.id'], name=op.f('fk_invoice_line_invoice_id_invoice')),
    sa.ForeignKeyConstraint(['order_line_id'], ['order_line.id'], name=op.f('fk_invoice_line_order_line_id_order_line')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_invoice_line')),
    sa.UniqueConstraint('invoice_id', 'position', name=op.f('uq_invoice_line_invoice_id_position'))
    )
    op.create_index(op.f('ix_invoice_line_corrects_id'), 'invoice_line', ['corrects_id'], unique=False)
    for permission, roles in PERMISSIONS.items():
        given = sa.select(role.c.id, sa.literal(permission)).where(role.c.name.in_(roles))
        op.execute(granted.insert().from_select(['role_id', 'permission'], given))


def downgrade():
    op.execute(granted.delete().where(granted.c.permission.in_(PERMISSIONS)))
    op.drop_table('invoice_line')
    op.drop_table('invoice')
    op.drop_table('invoice_counter')

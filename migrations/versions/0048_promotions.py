"""coupons, automatic discounts, their uses, and the coupon of a bag

Revision ID: 0048
Revises: 0047
Create Date: 2026-11-21 22:16:00.000000

"""
import sqlalchemy as sa
from alembic import op
from shop.lib.columns import MoneyColumn, UtcDateTime

# revision identifiers, used by Alembic.
revision = '0048'
down_revision = '0047'
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')
LIVE = sa.text('freed_at IS NULL')
PERMISSIONS = {
    'coupon:read': ('owner', 'staff', 'support'),
    'coupon:update': ('owner', 'staff'),
    'coupon:delete': ('owner',),
}
role = sa.table('role', sa.column('id', sa.Integer), sa.column('name', sa.String))
granted = sa.table('role_permission', sa.column('role_id', sa.Integer), sa.column('permission', sa.String))


def upgrade():
    op.create_table('promotion',
    sa.Column('id', NUMBER, nullable=False),
    sa.Column('name', sa.String(length=80), nullable=False),
    sa.Column('code', sa.String(length=40), nullable=True),
    sa.Column('kind', sa.String(length=20), nullable=False),
    sa.Column('value', sa.Integer(), nullable=False),
    sa.Column('buy', sa.Integer(), nullable=False),
    sa.Column('get', sa.Integer(), nullable=False),
    sa.Column('minimum', MoneyColumn(), nullable=True),
    sa.Column('most', MoneyColumn(), nullable=True),
    sa.Column('starts_at', UtcDateTime(), nullable=True),
    sa.Column('ends_at', UtcDateTime(), nullable=True),
    sa.Column('uses_limit', sa.Integer(), nullable=True),
    sa.Column('uses_each', sa.Integer(), nullable=True),
    sa.Column('first_order', sa.Boolean(), nullable=False),
    sa.Column('group_id', NUMBER, nullable=True),
    sa.Column('is_public', sa.Boolean(), nullable=False),
    sa.Column('priority', sa.Integer(), nullable=False),
    sa.Column('combines', sa.Boolean(), nullable=False),
    sa.Column('state', sa.String(length=10), nullable=False),
    sa.Column('created_at', UtcDateTime(), nullable=False),
    sa.CheckConstraint('value >= 0', name=op.f('ck_promotion_value_positive')),
    sa.CheckConstraint("kind NOT IN ('percent', 'buy_get') OR value BETWEEN 1 AND 10000", name=op.f('ck_promotion_percent_within')),
    sa.CheckConstraint("kind <> 'fixed' OR value > 0", name=op.f('ck_promotion_fixed_positive')),
    sa.CheckConstraint("kind <> 'buy_get' OR (buy > 0 AND get > 0)", name=op.f('ck_promotion_buy_get_counts')),
    sa.CheckConstraint('code IS NULL OR code = upper(code)', name=op.f('ck_promotion_code_in_capitals')),
    sa.CheckConstraint('starts_at IS NULL OR ends_at IS NULL OR ends_at > starts_at', name=op.f('ck_promotion_ends_after_start')),
    sa.CheckConstraint('uses_limit IS NULL OR uses_limit > 0', name=op.f('ck_promotion_uses_limit_positive')),
    sa.CheckConstraint('uses_each IS NULL OR uses_each > 0', name=op.f('ck_promotion_uses_each_positive')),
    sa.ForeignKeyConstraint(['group_id'], ['customer_group.id'], name=op.f('fk_promotion_group_id_customer_group')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_promotion')),
    sa.UniqueConstraint('code', name=op.f('uq_promotion_code'))
    )
    op.create_index('ix_promotion_state', 'promotion', ['state', 'ends_at'], unique=False)
    op.create_index(op.f('ix_promotion_group_id'), 'promotion', ['group_id'], unique=False)
    op.create_table('promotion_scope',
    sa.Column('promotion_id', NUMBER, nullable=False),
    sa.Column('kind', sa.String(length=10), nullable=False),
    sa.Column('ref_id', NUMBER, nullable=False),
    sa.ForeignKeyConstraint(['promotion_id'], ['promotion.id'], name=op.f('fk_promotion_scope_promotion_id_promotion'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('promotion_id', 'kind', 'ref_id', name=op.f('pk_promotion_scope'))
    )
    op.create_index('ix_promotion_scope_ref', 'promotion_scope', ['kind', 'ref_id'], unique=False)
    op.create_table('promotion_redemption',
    sa.Column('id', NUMBER, nullable=False),
    sa.Column('promotion_id', NUMBER, nullable=False),
    sa.Column('order_id', NUMBER, nullable=False),
    sa.Column('customer_key', sa.String(length=70), nullable=False),
    sa.Column('slot', sa.Integer(), nullable=False),
    sa.Column('own_slot', sa.Integer(), nullable=False),
    sa.Column('amount', MoneyColumn(), nullable=False),
    sa.Column('created_at', UtcDateTime(), nullable=False),
    sa.Column('freed_at', UtcDateTime(), nullable=True),
    sa.CheckConstraint('slot > 0 AND own_slot > 0', name=op.f('ck_promotion_redemption_slots_positive')),
    sa.ForeignKeyConstraint(['promotion_id'], ['promotion.id'], name=op.f('fk_promotion_redemption_promotion_id_promotion')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_promotion_redemption'))
    )
    _live_index('uq_promotion_redemption_slot', ['promotion_id', 'slot'], unique=True)
    _live_index('uq_promotion_redemption_own_slot', ['promotion_id', 'customer_key', 'own_slot'], unique=True)
    _live_index('uq_promotion_redemption_order', ['order_id', 'promotion_id'], unique=True)
    _live_index('ix_promotion_redemption_customer', ['customer_key', 'promotion_id'], unique=False)
    op.create_index('ix_promotion_redemption_created', 'promotion_redemption', ['promotion_id', 'created_at'], unique=False)
    op.add_column('cart', sa.Column('coupon_code', sa.String(length=40), nullable=True))
    # A shop that has its roles already gives them what a new shop's roles get.
    for permission, names in PERMISSIONS.items():
        given = sa.select(role.c.id, sa.literal(permission)).where(role.c.name.in_(names))
        op.execute(granted.insert().from_select(['role_id', 'permission'], given))


def downgrade():
    op.execute(granted.delete().where(granted.c.permission.in_(list(PERMISSIONS))))
    op.drop_column('cart', 'coupon_code')
    op.drop_table('promotion_redemption')
    op.drop_table('promotion_scope')
    op.drop_table('promotion')


def _live_index(name, columns, unique):
    op.create_index(name, 'promotion_redemption', columns, unique=unique, postgresql_where=LIVE, sqlite_where=LIVE)

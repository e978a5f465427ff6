"""several parcels for each order: their history, cash by parcel, couriers, the rider's link

Revision ID: 0051
Revises: 0050
Create Date: 2026-11-21 22:20:00.000000

"""
import sqlalchemy as sa
from alembic import op
from shop.lib.columns import MoneyColumn, UtcDateTime
from shop.lib.files.columns import PictureColumn
from shop.lib.files.kinds import HANDOVER_PHOTO

# revision identifiers, used by Alembic.
revision = '0051'
down_revision = '0050'
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')
NEW = (
    ('courier', sa.String(length=20)),
    ('rider_until', UtcDateTime(timezone=True)),
    ('photo', PictureColumn(HANDOVER_PHOTO)),
    ('refused_at', UtcDateTime(timezone=True)),
)


def upgrade():
    with op.batch_alter_table('parcel') as batch_op:
        for name, kind in NEW:
            batch_op.add_column(sa.Column(name, kind, nullable=True))
        batch_op.create_index(op.f('ix_parcel_tracking_number'), ['tracking_number'])
    op.create_table('parcel_history',
    sa.Column('id', BIG, nullable=False),
    sa.Column('parcel_id', BIG, nullable=False),
    sa.Column('from_state', sa.String(length=20), nullable=True),
    sa.Column('to_state', sa.String(length=20), nullable=False),
    sa.Column('actor_kind', sa.String(length=10), nullable=False),
    sa.Column('actor', sa.String(length=120), nullable=False),
    sa.Column('user_id', BIG, nullable=True),
    sa.Column('ip', sa.String(length=45), nullable=True),
    sa.Column('note', sa.String(length=500), nullable=False),
    sa.Column('created_at', UtcDateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['parcel_id'], ['parcel.id'], name=op.f('fk_parcel_history_parcel_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_parcel_history')),
    )
    op.create_index(op.f('ix_parcel_history_parcel_id'), 'parcel_history', ['parcel_id'])
    op.create_table('courier_event',
    sa.Column('id', BIG, nullable=False),
    sa.Column('courier', sa.String(length=20), nullable=False),
    sa.Column('event_id', sa.String(length=80), nullable=False),
    sa.Column('tracking_number', sa.String(length=60), nullable=False),
    sa.Column('kind', sa.String(length=30), nullable=False),
    sa.Column('note', sa.String(length=300), nullable=False),
    sa.Column('happened_at', UtcDateTime(timezone=True), nullable=False),
    sa.Column('received_at', UtcDateTime(timezone=True), nullable=False),
    sa.Column('outcome', sa.String(length=20), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_courier_event')),
    sa.UniqueConstraint('courier', 'event_id', name=op.f('uq_courier_event_courier_event_id')),
    )
    op.create_index(op.f('ix_courier_event_tracking_number'), 'courier_event', ['tracking_number'])
    op.create_table('sandbox_shipment',
    sa.Column('tracking_number', sa.String(length=40), nullable=False),
    sa.Column('reference', sa.String(length=40), nullable=False),
    sa.Column('to_collect', MoneyColumn(), nullable=False),
    sa.Column('pieces', sa.Integer(), nullable=False),
    sa.Column('grams', sa.Integer(), nullable=False),
    sa.Column('said', sa.Integer(), nullable=False),
    sa.Column('cancelled_at', UtcDateTime(timezone=True), nullable=True),
    sa.Column('created_at', UtcDateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('tracking_number', name=op.f('pk_sandbox_shipment')),
    )
    op.create_index(op.f('ix_sandbox_shipment_reference'), 'sandbox_shipment', ['reference'])
    _cash_by_parcel()


def _cash_by_parcel():
    """Until now an order had one parcel, whose cash it was."""
    op.add_column('cash_collection', sa.Column('parcel_id', BIG, nullable=True))
    op.execute("UPDATE cash_collection SET parcel_id = (SELECT min(parcel.id) FROM parcel"
               " WHERE parcel.order_id = cash_collection.order_id AND parcel.state <> 'cancelled')")
    with op.batch_alter_table('cash_collection') as batch_op:
        batch_op.alter_column('parcel_id', existing_type=BIG, nullable=False)
        batch_op.drop_constraint(op.f('uq_cash_collection_order_id'), type_='unique')
        batch_op.create_index(op.f('ix_cash_collection_order_id'), ['order_id'])
        batch_op.create_unique_constraint(op.f('uq_cash_collection_parcel_id'), ['parcel_id'])
        batch_op.create_foreign_key(op.f('fk_cash_collection_parcel_id'), 'parcel', ['parcel_id'], ['id'])


def downgrade():
    # An order's cash becomes one row again, under the parcel that came first.
    op.execute('UPDATE cash_collection SET amount = (SELECT sum(other.amount) FROM cash_collection AS other'
               ' WHERE other.order_id = cash_collection.order_id)')
    op.execute('DELETE FROM cash_collection WHERE id NOT IN (SELECT min(id) FROM cash_collection GROUP BY order_id)')
    with op.batch_alter_table('cash_collection') as batch_op:
        batch_op.drop_constraint(op.f('fk_cash_collection_parcel_id'), type_='foreignkey')
        batch_op.drop_constraint(op.f('uq_cash_collection_parcel_id'), type_='unique')
        batch_op.drop_index(op.f('ix_cash_collection_order_id'))
        batch_op.create_unique_constraint(op.f('uq_cash_collection_order_id'), ['order_id'])
        batch_op.drop_column('parcel_id')
    op.drop_table('sandbox_shipment')
    op.drop_table('courier_event')
    op.drop_table('parcel_history')
    with op.batch_alter_table('parcel') as batch_op:
        batch_op.drop_index(op.f('ix_parcel_tracking_number'))
        for name, _kind in NEW:
            batch_op.drop_column(name)

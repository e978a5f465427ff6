"""webhooks of payment providers: each event once, and what came of it

Revision ID: 0053
Revises: 0052
Create Date: 2026-11-21 22:00:00.000000

"""
import sqlalchemy as sa
from alembic import op
from shop.lib.columns import UtcDateTime

# revision identifiers, used by Alembic.
revision = '0053'
down_revision = '0052'
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')


def upgrade():
    op.create_table(
        'webhook_event',
        sa.Column('id', ID, nullable=False),
        sa.Column('provider', sa.String(length=20), nullable=False),
        sa.Column('event_id', sa.String(length=120), nullable=False),
        sa.Column('kind', sa.String(length=80), nullable=False),
        sa.Column('reference', sa.String(length=80), nullable=True),
        sa.Column('payment_id', ID, nullable=True),
        sa.Column('state', sa.String(length=10), nullable=False),
        sa.Column('note', sa.String(length=200), nullable=True),
        sa.Column('created_at', UtcDateTime(), nullable=False),
        sa.Column('done_at', UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(['payment_id'], ['payment.id'], name=op.f('fk_webhook_event_payment_id_payment')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_webhook_event')),
        sa.UniqueConstraint('provider', 'event_id', name=op.f('uq_webhook_event_provider_event_id')),
    )
    op.create_index(op.f('ix_webhook_event_reference'), 'webhook_event', ['reference'])
    op.create_index(op.f('ix_webhook_event_state'), 'webhook_event', ['state'])


def downgrade():
    op.drop_index(op.f('ix_webhook_event_state'), table_name='webhook_event')
    op.drop_index(op.f('ix_webhook_event_reference'), table_name='webhook_event')
    op.drop_table('webhook_event')

"""cash that is not collected, because its goods came back or were never sent, says so

Revision ID: 0063
Revises: 0062
Create Date: 2026-11-22 06:40:00.000000

"""
from alembic import op

# revision identifiers, used by Alembic.
revision = '0063'
down_revision = '0062'
branch_labels = None
depends_on = None

WHY = "Not collected: its goods came back, or were never sent"


def upgrade():
    op.execute(f"""
        UPDATE payment SET failure = '{WHY}'
        WHERE provider = 'cash' AND state = 'cancelled' AND failure IS NULL AND order_id IN (
            SELECT shop_order.id FROM shop_order JOIN parcel ON parcel.order_id = shop_order.id
            WHERE parcel.state IN ('returned', 'not_sent') AND shop_order.state NOT IN ('cancelled', 'returned')
        )
    """)


def downgrade():
    op.execute(f"UPDATE payment SET failure = NULL WHERE failure = '{WHY}'")

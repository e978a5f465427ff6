"""jobs: long work with its progress, result and files

Revision ID: 0029
Revises: 0028
Create Date: 2026-11-21 11:20:00.000000

"""
import sqlalchemy as sa
from alembic import op

from shop.lib.columns import UtcDateTime

# revision identifiers, used by Alembic.
revision = '0029'
down_revision = '0028'
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')
PERMISSION = 'job:read'
role = sa.table('role', sa.column('id', sa.Integer), sa.column('name', sa.String))
granted = sa.table('role_permission', sa.column('role_id', sa.Integer), sa.column('permission', sa.String))


def upgrade():
    op.create_table('job',
    sa.Column('id', ID, nullable=False),
    sa.Column('kind', sa.String(length=40), nullable=False),
    sa.Column('state', sa.String(length=10), nullable=False),
    sa.Column('user_id', ID, nullable=True),
    sa.Column('actor', sa.String(length=160), nullable=False),
    sa.Column('parameters', sa.JSON(), nullable=False),
    sa.Column('checkpoint', sa.JSON(), nullable=False),
    sa.Column('done', sa.Integer(), nullable=False),
    sa.Column('total', sa.Integer(), nullable=True),
    sa.Column('worked_ms', sa.Integer(), nullable=False),
    sa.Column('said', sa.JSON(), nullable=False),
    sa.Column('outcome', sa.String(length=500), nullable=True),
    sa.Column('result', sa.JSON(none_as_null=True), nullable=True),
    sa.Column('claim', sa.Integer(), nullable=False),
    sa.Column('created_at', UtcDateTime(timezone=True), nullable=False),
    sa.Column('started_at', UtcDateTime(timezone=True), nullable=True),
    sa.Column('stepped_at', UtcDateTime(timezone=True), nullable=True),
    sa.Column('ended_at', UtcDateTime(timezone=True), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_job'))
    )
    op.create_index(op.f('ix_job_ended_at'), 'job', ['ended_at'], unique=False)
    op.create_index('ix_job_state', 'job', ['state', 'created_at'], unique=False)
    op.create_index('ix_job_user', 'job', ['user_id', 'created_at'], unique=False)
    op.create_table('job_file',
    sa.Column('id', ID, nullable=False),
    sa.Column('job_id', ID, nullable=False),
    sa.Column('name', sa.String(length=80), nullable=False),
    sa.Column('part', sa.Integer(), nullable=False),
    sa.Column('size', sa.Integer(), nullable=False),
    sa.Column('packed', sa.LargeBinary(), nullable=False),
    sa.ForeignKeyConstraint(['job_id'], ['job.id'], name=op.f('fk_job_file_job_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_job_file')),
    sa.UniqueConstraint('job_id', 'name', 'part', name=op.f('uq_job_file_job_id_name_part'))
    )
    # A shop that has its roles already gives them what a new shop's roles get.
    given = sa.select(role.c.id, sa.literal(PERMISSION)).where(role.c.name.in_(('owner', 'staff')))
    op.execute(granted.insert().from_select(['role_id', 'permission'], given))


def downgrade():
    op.execute(granted.delete().where(granted.c.permission == PERMISSION))
    op.drop_table('job_file')
    op.drop_table('job')

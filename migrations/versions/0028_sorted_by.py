"""names without regard to case, what is deleted or not active, pictures of what products are sorted by

Revision ID: 0028
Revises: 0027
Create Date: 2026-11-21 11:20:00.000000

"""
import sqlalchemy as sa
from alembic import op
from shop.lib.columns import UtcDateTime

# revision identifiers, used by Alembic.
revision = '0028'
down_revision = '0027'
branch_labels = None
depends_on = None

PERMISSION = 'catalog:manage'
THERE = 'deleted_at IS NULL'
NAMED = ('brand', 'occasion', 'product_type', 'category', 'colour')
PICTURES = {'brand': ['logo'], 'product_type': ['thumbnail', 'chart'], 'category': ['picture']}
role = sa.table('role', sa.column('id', sa.Integer), sa.column('name', sa.String))
granted = sa.table('role_permission', sa.column('role_id', sa.Integer), sa.column('permission', sa.String))


def upgrade():
    for table in NAMED:
        _widen(table)
        _fold(table)
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.alter_column('folded', existing_type=sa.String(length=240), nullable=False)
        _unique(f'uq_{table}_slug', table, 'slug')
        if table != 'category':
            _unique(f'uq_{table}_folded', table, 'folded')
    _unique('uq_category_path', 'category', 'path')
    _unique('uq_category_parent_id_folded', 'category', 'parent_id', 'folded', also=' AND parent_id IS NOT NULL')
    _unique('uq_category_folded', 'category', 'folded', also=' AND parent_id IS NULL')
    # A shop that has its roles already gives them what a new shop's roles get.
    given = sa.select(role.c.id, sa.literal(PERMISSION)).where(role.c.name.in_(('owner', 'staff')))
    op.execute(granted.insert().from_select(['role_id', 'permission'], given))


def downgrade():
    op.execute(granted.delete().where(granted.c.permission == PERMISSION))
    for name in ('uq_category_folded', 'uq_category_parent_id_folded', 'uq_category_path'):
        op.drop_index(name, table_name='category')
    for table in NAMED:
        if table != 'category':
            op.drop_index(f'uq_{table}_folded', table_name=table)
        op.drop_index(f'uq_{table}_slug', table_name=table)
        _free(table)
        _narrow(table)


def _widen(table):
    with op.batch_alter_table(table, schema=None) as batch_op:
        batch_op.add_column(sa.Column('folded', sa.String(length=240), nullable=True))
        batch_op.add_column(sa.Column('deleted_at', UtcDateTime(), nullable=True))
        for picture in PICTURES.get(table, ()):
            batch_op.add_column(sa.Column(picture, sa.String(length=40), nullable=True))
        if table in ('brand', 'category'):
            batch_op.add_column(sa.Column('active', sa.Boolean(), server_default=sa.true(), nullable=False))
        if table == 'product_type':
            batch_op.add_column(sa.Column('garment', sa.String(length=12), server_default='upper', nullable=False))
        if table == 'colour':
            batch_op.alter_column('slug', existing_type=sa.String(length=40), type_=sa.String(length=80))
            batch_op.alter_column('name', existing_type=sa.String(length=40), type_=sa.String(length=80))
        for column in _alone(table):
            batch_op.drop_constraint(f'uq_{table}_{column}', type_='unique')


def _narrow(table):
    with op.batch_alter_table(table, schema=None) as batch_op:
        for column in _alone(table):
            batch_op.create_unique_constraint(f'uq_{table}_{column}', [column])
        if table == 'colour':
            batch_op.alter_column('slug', existing_type=sa.String(length=80), type_=sa.String(length=40))
            batch_op.alter_column('name', existing_type=sa.String(length=80), type_=sa.String(length=40))
        if table == 'product_type':
            batch_op.drop_column('garment')
        if table in ('brand', 'category'):
            batch_op.drop_column('active')
        for picture in PICTURES.get(table, ()):
            batch_op.drop_column(picture)
        batch_op.drop_column('deleted_at')
        batch_op.drop_column('folded')


def _alone(table):
    """The columns no two rows shared a value of, deleted or not."""
    return ('slug', 'path') if table == 'category' else ('slug', 'name')


def _fold(table):
    """Two names that differ in case alone were allowed: the later one gets its number."""
    columns = [sa.column(name) for name in ('id', 'name', 'folded', *(['parent_id'] if table == 'category' else []))]
    rows = sa.table(table, *columns)
    taken = set()
    for row in op.get_bind().execute(sa.select(*columns).order_by(rows.c.id).select_from(rows)).mappings().all():
        name = row['name']
        if (row.get('parent_id'), name.casefold()) in taken:
            name = f"{name[:60]} ({row['id']})"
        taken.add((row.get('parent_id'), name.casefold()))
        op.execute(rows.update().where(rows.c.id == row['id']).values(name=name, folded=name.casefold()))


def _free(table):
    """Deleted rows take names and addresses no other row has."""
    rows = sa.table(table, *(sa.column(name) for name in ('id', 'deleted_at', *_alone(table))))
    own = sa.literal('~') + sa.cast(rows.c.id, sa.String)
    op.execute(rows.update().where(rows.c.deleted_at.is_not(None)).values(dict.fromkeys(_alone(table), own)))


def _unique(name, table, *columns, also=''):
    where = sa.text(f'{THERE}{also}')
    op.create_index(name, table, list(columns), unique=True, postgresql_where=where, sqlite_where=where)

"""Who may do what with the tables of the index on PostgreSQL: kept when a release makes them anew."""

import sqlalchemy as sa

from lrs.index.tables import index_metadata, statement_index

_GRANTED = """
SELECT relname, privilege_type, quote_ident(rolname)
FROM pg_class, aclexplode(relacl) AS granted JOIN pg_roles ON pg_roles.oid = granted.grantee
WHERE relnamespace = current_schema()::regnamespace AND relkind = 'r' AND grantee <> relowner
"""
Grant = tuple[str, str, str]  # table, privilege, role as SQL names it


def read_grants(connection: sa.Connection) -> set[Grant]:
    """What is granted to others than the owner; nothing on SQLite, which knows no roles."""
    if connection.dialect.name != "postgresql":
        return set()
    rows = connection.exec_driver_sql(_GRANTED)
    return {(table, privilege, role) for table, privilege, role in rows if table in index_metadata.tables}


def restore_grants(connection: sa.Connection, granted: set[Grant]) -> None:
    """Grant it again, and to a table that was not there before what is granted on `statement_index`."""
    had = {table for table, _, _ in granted}
    pattern = {(privilege, role) for table, privilege, role in granted if table == statement_index.name}
    new = {(table, *each) for table in index_metadata.tables if table not in had for each in pattern}
    for table, privilege, role in sorted(granted | new):
        connection.exec_driver_sql(f"GRANT {privilege} ON {table} TO {role}")

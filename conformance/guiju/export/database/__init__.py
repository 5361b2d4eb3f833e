"""Databases: SQLite files, and servers named by an address; their tables and views as sources."""

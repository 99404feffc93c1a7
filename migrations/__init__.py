"""The tables, step by step. Every migration runs up and down on SQLite and PostgreSQL."""

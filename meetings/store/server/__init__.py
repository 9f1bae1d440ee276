"""What the store in a PostgreSQL database is made of (see meetings.store.postgres)."""

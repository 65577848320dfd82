"""The database: tables, and the one Store that everything is read and written through."""

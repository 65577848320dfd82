"""The schema's history; ``findings.store.database`` runs it when a database is opened."""

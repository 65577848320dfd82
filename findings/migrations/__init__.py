"""The schema's history; ``findings.database`` runs it when a database is opened."""

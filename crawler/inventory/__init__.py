"""The register of units, sites, columns and duties: read, checked, written."""

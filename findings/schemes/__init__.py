"""Assessment schemes as data: one TOML file, one scheme."""

"""The scheme that is meant where none is named."""

DEFAULT_SCHEME = "district-2022"

"""The office's own table (xlsx, csv) of columns, taken in and given back."""

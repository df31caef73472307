"""The back office of indicators: what each is, its desk with its values, and files of values."""

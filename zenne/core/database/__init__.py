"""Django's PostgreSQL, and what it does more than we need: ENGINE = "zenne.core.database"."""

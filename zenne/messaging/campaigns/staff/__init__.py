"""The back office of campaigns."""

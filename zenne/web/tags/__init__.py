"""The template tags, one file per subject; `templatetags/web.py` gathers them into the one library `web`."""

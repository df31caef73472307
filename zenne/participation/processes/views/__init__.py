"""The public pages: `listing` (all processes, a folder), `page` (one process and what hangs under it), `files` (QR, picture, outline)."""

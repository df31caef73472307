"""The back office of governance: `overview` (what waits), `sittings`, `reviews`, `calls` (their desks), `forms`, `viewsets`."""

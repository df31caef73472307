"""The back office of processes: `viewsets` (lists and forms), `screens` (pages under one process), `forms`."""

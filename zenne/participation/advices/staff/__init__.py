"""The back office of advices: `screens` (the desk of one advice: what it asks, what the body answers), `forms`, `viewsets`."""

"""Staff screens: the calendar of an organisation and the desk of one meeting."""

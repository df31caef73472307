"""The back office of panels: the desk of one, its seats, attendance, lists to pay, and the issue of an advice."""

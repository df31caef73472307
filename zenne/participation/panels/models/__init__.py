from .panel import Panel, Seat, Term

__all__ = ["Panel", "Seat", "Term"]

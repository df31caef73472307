"""What staff are told, with the field it is about."""

from zenne.core.errors import Invalid, Words


class Unclear(Invalid):
    """One field cannot be taken as it is. `field` is its name in the action's values."""

    def __init__(self, message: Words, field: str = "") -> None:
        super().__init__(message)
        self.field = field

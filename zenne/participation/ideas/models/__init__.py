from .conversation import Note, OfficialAnswer, Tag
from .draft import Draft
from .files import IdeaUpload
from .idea import TEXT_LENGTH, TITLE_LENGTH, Idea
from .merge import Merge, MergeConsent
from .settings import Ideation
from .support import Support
from .tally import Tally
from .trail import StatusChange, Version

__all__ = [
    "TEXT_LENGTH",
    "TITLE_LENGTH",
    "Draft",
    "Idea",
    "IdeaUpload",
    "Ideation",
    "Merge",
    "MergeConsent",
    "Note",
    "OfficialAnswer",
    "StatusChange",
    "Support",
    "Tag",
    "Tally",
    "Version",
]

from .changelog import Change, RuleVersion
from .content import Document, FrequentQuestion, TeamMember, Theme
from .folder import Folder
from .news import Follow, News
from .permission import Permission
from .process import Description, Process
from .timeline import Activity, Phase, window_state

__all__ = [
    "Activity",
    "Change",
    "Description",
    "Document",
    "Folder",
    "Follow",
    "FrequentQuestion",
    "News",
    "Permission",
    "Phase",
    "Process",
    "RuleVersion",
    "TeamMember",
    "Theme",
    "window_state",
]

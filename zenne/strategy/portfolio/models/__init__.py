from .actors import Involvement, Partner
from .debate import Debate
from .delivery import Attachment, BudgetLine, Dependency, Follow, Milestone, Post, Risk
from .measuring import MEASURED, Measure, Pilot
from .origin import Need, Origin
from .plan import REASON_LENGTH, TITLE_LENGTH, Domain, Objective, Plan, Revision
from .project import Department, Project, Site
from .ranking import Ranking
from .version import Version

__all__ = [
    "MEASURED",
    "REASON_LENGTH",
    "TITLE_LENGTH",
    "Attachment",
    "BudgetLine",
    "Debate",
    "Department",
    "Dependency",
    "Domain",
    "Follow",
    "Involvement",
    "Measure",
    "Milestone",
    "Need",
    "Objective",
    "Origin",
    "Partner",
    "Pilot",
    "Plan",
    "Post",
    "Project",
    "Ranking",
    "Revision",
    "Risk",
    "Site",
    "Version",
]

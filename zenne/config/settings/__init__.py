"""Django's settings, one file per concern; what differs between installations comes from `zenne.config.environment`."""

from .accounts import *
from .apps import *
from .database import *
from .files import *
from .languages import *
from .logs import *
from .mail import *
from .maps import *
from .pages import *
from .security import *
from .tasks import *
from .throttles import *

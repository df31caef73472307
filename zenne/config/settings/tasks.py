"""Work after the answer, and work by the clock: Procrastinate on the same PostgreSQL.

The worker loads every app's `tasks` and `schedule`; the latter say what happens when (`@app.periodic(cron=...)`).
"""

from importlib.util import find_spec

from .apps import HOUSE

PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "tasks"
PROCRASTINATE_IMPORT_PATHS = [
    "zenne.core.mail",
    "zenne.core.errands",
    *(f"{app}.schedule" for app in HOUSE if find_spec(f"{app}.schedule")),
]
PROCRASTINATE_WORKER_DEFAULTS = {"concurrency": 4, "delete_jobs": "successful"}

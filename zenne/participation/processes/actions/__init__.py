"""The verbs of processes. Other apps import them from here; each lives in a small file with its kin."""

from .content import add_content, delete_content, edit_content, move_content
from .duplicating import duplicate_process
from .extending import extend_window
from .folders import create_folder, delete_folder, edit_folder
from .following import follow, unfollow
from .freezing import ensure_frozen, freeze_due
from .news import delete_news, edit_news, publish_news, withdraw_news, write_news
from .passing import announce_phases
from .permissions import changing_settings, set_permission, set_permissions
from .processes import (
    create_process,
    delete_draft,
    edit_process,
    move_to_folder,
    renew_preview_link,
    write_description,
)
from .publishing import archive_process, publish_process, reopen_process
from .timeline import (
    add_activity,
    add_phase,
    delete_activity,
    delete_phase,
    edit_activity,
    edit_phase,
    move_activity,
)

__all__ = [
    "add_activity",
    "add_content",
    "add_phase",
    "announce_phases",
    "archive_process",
    "changing_settings",
    "create_folder",
    "create_process",
    "delete_activity",
    "delete_content",
    "delete_draft",
    "delete_folder",
    "delete_news",
    "delete_phase",
    "duplicate_process",
    "edit_activity",
    "edit_content",
    "edit_folder",
    "edit_news",
    "edit_phase",
    "edit_process",
    "ensure_frozen",
    "extend_window",
    "follow",
    "freeze_due",
    "move_activity",
    "move_content",
    "move_to_folder",
    "publish_news",
    "publish_process",
    "renew_preview_link",
    "reopen_process",
    "set_permission",
    "set_permissions",
    "unfollow",
    "withdraw_news",
    "write_description",
    "write_news",
]

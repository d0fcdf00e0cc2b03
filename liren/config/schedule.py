"""Schedule (日程): the one list of what runs by itself. The supervisor asks for it once a day."""

import time
from collections.abc import Callable
from datetime import timedelta
from io import StringIO

from axes.models import AccessAttempt
from django.conf import settings
from django.core.management import call_command
from django.utils import timezone

from liren.core.accounts import actions
from liren.core.documents.sweeping import sweep
from liren.core.figures.jobs import close_months
from liren.core.matters.jobs import mind_nightly
from liren.core.notices.actions import forget_old as forget_old_notices
from liren.doors.imports.sweeping import let_go_of_old, put_back_interrupted
from liren.doors.portal.jobs import sweep_portal
from liren.duties.governance.appeals.orders.jobs import go_on_interrupted
from liren.duties.governance.hazards.actions import lapse_overdue
from liren.duties.registry.onesheet.jobs import let_go_of_old_forms, list_due_forms
from liren.duties.registry.quality.jobs import sweep_everywhere

from .planning import count_tables

DAY = 24 * 3600


def end_old_sessions() -> None:
    """Sessions past their time are rows that nobody can use."""
    call_command("clearsessions")


def forget_old_jobs() -> None:
    """What a job came to is shown where it was asked for; its own row is of no use after two weeks."""
    call_command("prune_db_task_results", queue_name="*", min_age_days=14, stdout=StringIO())


def forget_failed_sign_ins() -> None:
    """They count for a quarter of an hour; kept for a month to look back."""
    AccessAttempt.objects.filter(attempt_time__lt=timezone.now() - timedelta(days=30)).delete()


def forget_old_sign_ins() -> None:
    """Where a colleague was signed in half a year ago helps nobody."""
    actions.forget_old_sign_ins(by=None)


def forget_old_words() -> None:
    """Notices of half a year ago, and messages that went out then."""
    forget_old_notices(by=None)


def remove_stray_uploads() -> None:
    """Parts of files whose sender was cut off."""
    for path in settings.FILE_UPLOAD_TEMP_DIR.iterdir():
        if path.is_file() and path.stat().st_mtime < time.time() - DAY:
            path.unlink(missing_ok=True)


def hand_on_hazards() -> None:
    """What was not set right by its deadline is proposed for handing on."""
    lapse_overdue(by=None)


def freeze_figures() -> None:
    """On the third of each month the figures of the last one are closed."""
    close_months()


def sweep_documents() -> None:
    """Files whose document never came to be, or was disposed of when the machine went down."""
    sweep()


DAILY: dict[str, Callable[[], None]] = {
    "sessions": end_old_sessions,
    "jobs": forget_old_jobs,
    "failed sign-ins": forget_failed_sign_ins,
    "old sign-ins": forget_old_sign_ins,
    "old notices": forget_old_words,
    "stray uploads": remove_stray_uploads,
    "stray documents": sweep_documents,
    "interrupted imports": put_back_interrupted,
    "interrupted orders": go_on_interrupted,
    "old rosters": let_go_of_old,
    "portal": sweep_portal,
    "doubles and papers": sweep_everywhere,
    "overdue hazards": hand_on_hazards,
    "old forms": let_go_of_old_forms,
    "forms that are due": list_due_forms,
    "figures of last month": freeze_figures,
    "stuck and archived matters": mind_nightly,
    "how tables have grown": count_tables,
}

"""Telling colleagues, groups and phones; looking after channels; the outbox."""

from .channels import change_channel, close_channel, open_channel, test_channel
from .feeds import close_feed, note_fetch, open_feed
from .inbox import mark_all_read, mark_read, tell_user, tell_users
from .outbox import send_again, send_sms, send_to_groups
from .results import forget_old

__all__ = [
    "change_channel",
    "close_channel",
    "close_feed",
    "forget_old",
    "mark_all_read",
    "mark_read",
    "note_fetch",
    "open_channel",
    "open_feed",
    "send_again",
    "send_sms",
    "send_to_groups",
    "tell_user",
    "tell_users",
    "test_channel",
]

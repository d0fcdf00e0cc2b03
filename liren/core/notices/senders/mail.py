"""Mail (邮件) to a list, by the server named in LIREN_MAIL; the library reads its address and speaks to it."""

import smtplib
from typing import Any
from urllib.parse import quote

from apprise import Apprise
from apprise.plugins.email import NotifyEmail
from apprise.plugins.email.smtp import AppriseSMTPController
from django.conf import settings

from ..outcomes import Outcome

Answer = tuple[Outcome, str]
SUBJECT = "里仁提醒"
NOT_SET = "邮件没有接通：LIREN_MAIL 没有设好"


def send(addresses: str, *, text: str) -> Answer:
    """One mail for everybody on the list."""
    server = settings.LIREN_MAIL
    joint = "&" if "?" in server else "?"
    mail = Apprise.instantiate(f"{server}{joint}to={quote(addresses)}") if server else None
    if not isinstance(mail, NotifyEmail):
        return Outcome.UNREACHABLE, NOT_SET
    try:
        with _line(mail) as line:
            return _handed_over(mail, line, addresses.split(","), text)
    except smtplib.SMTPAuthenticationError:
        return Outcome.REFUSED, "发信服务器不认我们的账号或密码"
    except (OSError, smtplib.SMTPException, RuntimeError):
        # Raised while the line was being made only; what happens on it is answered below.
        return Outcome.UNREACHABLE, "连不上发信服务器"


def _line(mail: Any) -> AppriseSMTPController:
    return AppriseSMTPController(
        host=mail.smtp_host,
        port=mail.port,
        secure_mode=mail.secure_mode,
        user=mail.user,
        password=mail.password,
        verify_certificate=mail.verify_certificate,
        socket_connect_timeout=mail.socket_connect_timeout,
    )


def _handed_over(mail: Any, line: AppriseSMTPController, to: list[str], text: str) -> Answer:
    prepared = NotifyEmail.prepare_emails(
        subject=SUBJECT,
        body=text,
        notify_format=mail.notify_format,
        from_addr=mail.from_addr,
        to=[(False, to[0])],
        smtp_host=mail.smtp_host,
    )
    [message] = list(prepared)
    if line.sendmail(mail.from_addr[1], to, message.body):
        return Outcome.SENT, ""
    return Outcome.UNKNOWN, "发信服务器没有收下，或只收下了一部分"

"""Mail, handed to a real server on this machine that speaks as much SMTP as is needed."""

import email
import socketserver
import threading
from email import policy

import pytest

from liren.core.notices.outcomes import Outcome
from liren.core.notices.senders import mail

from .gateway import nobody

pytestmark = pytest.mark.enable_socket


class Office(socketserver.StreamRequestHandler):
    """One conversation; `refuses` is the beginning of the line that is refused."""

    def handle(self):
        self.say("220 office")
        while line := self.rfile.readline().decode().strip():
            if self.server.refuses and line.upper().startswith(self.server.refuses):
                self.say("550 no")
            elif line.upper().startswith("DATA"):
                self.say("354 go on")
                self.server.got.append(self.content())
                self.say("250 taken")
            elif line.upper().startswith("RCPT"):
                self.server.to.append(line.partition("<")[2].partition(">")[0])
                self.say("250 ok")
            elif line.upper().startswith("QUIT"):
                self.say("221 bye")
                return
            else:
                self.say("250 ok")

    def content(self):
        lines = []
        while (line := self.rfile.readline()) != b".\r\n":
            lines.append(line)
        return email.message_from_bytes(b"".join(lines), policy=policy.default)

    def say(self, text):
        self.wfile.write(text.encode() + b"\r\n")


@pytest.fixture
def office(settings):
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Office) as server:
        server.got, server.to, server.refuses = [], [], ""
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        settings.LIREN_MAIL = (
            f"mailto://127.0.0.1:{server.server_address[1]}?from=liren@example.org&mode=insecure"
        )
        yield server
        server.shutdown()


def test_one_mail_for_the_whole_list(office):
    assert mail.send("a@example.org,b@example.org", text="【今日小结】在办 3 件") == (Outcome.SENT, "")
    [message] = office.got
    assert office.to == ["a@example.org", "b@example.org"]
    assert message["Subject"] == "里仁提醒" and "liren@example.org" in message["From"]
    assert message.get_content().strip() == "【今日小结】在办 3 件"


@pytest.mark.parametrize("refuses", ["MAIL", "RCPT", "DATA"])
def test_what_the_server_does_not_take_is_looked_at_by_a_person(office, refuses):
    office.refuses = refuses
    outcome, words = mail.send("a@example.org", text="试发")
    assert outcome == Outcome.UNKNOWN and "example.org" not in words and not office.got


def test_a_server_that_is_away_is_tried_again(settings):
    settings.LIREN_MAIL = f"mailto://{nobody()}?from=liren@example.org&mode=insecure"
    assert mail.send("a@example.org", text="试发")[0] == Outcome.UNREACHABLE


@pytest.mark.parametrize("server", ["", "wecombot://" + "k" * 30, "not an address"])
def test_without_a_server_nothing_is_lost(settings, server):
    settings.LIREN_MAIL = server
    assert mail.send("a@example.org", text="试发") == (Outcome.UNREACHABLE, mail.NOT_SET)

"""From nothing to a running house: environment, data folder, database, static files, then the supervisor."""

import argparse
import errno
import fcntl
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from house import environment, prepared
from house.environment import PROJECT, Trouble, say
from house.supervisor import Child, Supervisor

LOOPBACK = {"127.0.0.1", "localhost", "::1"}
# Threads of each web process. With many, short pages overtake long ones for as long as there are short ones, and each
# thread keeps a database connection; with one, a long export holds up whoever comes behind it.
THREADS = "2"


def main(arguments: list[str]) -> int:
    for stream in (sys.stdout, sys.stderr):
        # An old terminal may not know Chinese: show what it can rather than stop.
        stream.reconfigure(errors="replace")  # type: ignore[union-attr]
    options = _options(arguments)
    # Whatever is made from here on belongs to this account alone.
    os.umask(0o077)
    try:
        data = _data_folder(Path(options.data).expanduser().absolute())
        with _only_one(data):
            _port_is_free(options.host, options.port)
            environment.ensure()
            variables = _variables(options, data)
            prepared.bring_up(data, variables, empty=options.empty)
            return _run(options, data, variables)
    except Trouble as trouble:
        print(trouble, file=sys.stderr, flush=True)
        return 1
    except KeyboardInterrupt:
        say("", "已停止。  Stopped.")
        return 130


def _options(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bin/serve", description="启动里仁。 Start Liren.")
    parser.add_argument(
        "--host", default="127.0.0.1", help="监听地址，默认只有本机能访问  address to listen on"
    )
    parser.add_argument("--port", type=_port, default=8000, help="端口，默认 8000  port")
    parser.add_argument(
        "--data",
        default=os.environ.get("LIREN_DATA") or str(PROJECT / "var"),
        help="数据目录：数据库、附件、密钥、日志都在里面，默认 var/  folder of all data",
    )
    parser.add_argument(
        "--empty", action="store_true", help="首次启动不载入演示社区  without the demo community"
    )
    parser.add_argument("--workers", type=int, default=2, help="网页进程数，默认 2  web processes")
    return parser.parse_args(arguments)


def _port(text: str) -> int:
    number = int(text)
    if not 1 <= number <= 65535:
        raise argparse.ArgumentTypeError("端口应在 1–65535 之间  a port lies between 1 and 65535")
    return number


def _data_folder(data: Path) -> Path:
    try:
        data.mkdir(parents=True, exist_ok=True, mode=0o700)
        (data / "logs").mkdir(exist_ok=True, mode=0o700)
        probe = data / f".probe-{os.getpid()}"
        probe.write_bytes(b"0" * 4096)
        probe.unlink()
    except OSError as error:
        if error.errno == errno.ENOSPC:
            raise Trouble(
                f"磁盘已满，无法写入 {data}。", f"The disk is full: {data} cannot be written."
            ) from None
        raise Trouble(
            f"无法写入数据目录 {data}（{error.strerror}）。请检查目录权限，或用 --data 指定另一个目录。",
            f"The data folder {data} cannot be written ({error.strerror}). Choose another with --data.",
        ) from None
    return data


@contextmanager
def _only_one(data: Path) -> Iterator[None]:
    with (data / "serve.lock").open("w") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise Trouble(
                f"数据目录 {data} 已经有一个里仁在运行。请先停止它，或用 --data 指定另一个目录。",
                f"Liren already runs on the data folder {data}. Stop it first, or choose another with --data.",
            ) from None
        yield


def _port_is_free(host: str, port: int) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                raise Trouble(
                    f"端口 {port} 已被别的程序占用。请换一个端口，例如：bin/serve --port {_another(port)}",
                    f"Port {port} is taken by another program. Choose another: bin/serve --port {_another(port)}",
                ) from None
            raise Trouble(
                f"无法监听 {host}:{port}（{error.strerror}）。1024 以下的端口需要管理员权限。",
                f"Cannot listen on {host}:{port} ({error.strerror}). Ports below 1024 need an administrator.",
            ) from None


def _another(port: int) -> int:
    return port + 1 if port < 65535 else 8000


def _variables(options: argparse.Namespace, data: Path) -> dict[str, str]:
    variables = {
        **os.environ,
        "LIREN_DATA": str(data),
        "DJANGO_SETTINGS_MODULE": "liren.config.settings",
        "PATH": environment.tool_path(),
        "PYTHONUNBUFFERED": "1",
    }
    if "LIREN_HOSTS" not in variables and options.host not in {*LOOPBACK, "0.0.0.0", "::"}:  # noqa: S104
        variables["LIREN_HOSTS"] = f"localhost,127.0.0.1,[::1],{options.host}"
    return variables


def _run(options: argparse.Namespace, data: Path, variables: dict[str, str]) -> int:
    python = str(environment.python())
    web = [
        python, "-m", "granian", "--interface", "wsgi", "--host", options.host, "--port", str(options.port),
        "--workers", str(options.workers), "--blocking-threads", THREADS, "--no-ws", "--workers-kill-timeout", "10",
        "--working-dir", str(PROJECT), "liren.config.wsgi:application",
    ]  # fmt: skip
    worker = [python, str(PROJECT / "manage.py"), "worker", "--queue-name=*", "--no-startup-delay"]
    house = Supervisor(
        [Child("web", web, patience=15), Child("worker", worker, patience=30)],
        logs=data / "logs",
        variables=variables,
        daily=Child("daily", [python, str(PROJECT / "manage.py"), "daily"], patience=0),
    )
    probe = "127.0.0.1" if options.host == "0.0.0.0" else "::1" if options.host == "::" else options.host  # noqa: S104
    return house.run(probe, options.port, when_ready=lambda: _greet(options, data, variables))


def _greet(options: argparse.Namespace, data: Path, variables: dict[str, str]) -> None:
    shown = "127.0.0.1" if options.host in {"0.0.0.0", "::"} else options.host  # noqa: S104
    say(
        "",
        f"  里仁已启动  Liren is running:  http://{f'[{shown}]' if ':' in shown else shown}:{options.port}/",
    )
    say(f"  数据目录  Data:  {data}")
    if options.host not in LOOPBACK and "LIREN_HOSTS" not in variables:
        say(
            "  其他电脑要访问，请用 LIREN_HOSTS=本机地址 启动。  For other machines set LIREN_HOSTS to this host's name."
        )
    demo = data / "demo"
    if options.empty and demo.exists():
        say(
            "  数据目录里已有数据，--empty 不起作用。  The folder holds data already: --empty changes nothing."
        )
    if demo.exists():
        say("", "  演示账号  Demo accounts:", *("    " + line for line in demo.read_text().splitlines()))
    else:
        _show_setup_code(variables)
    say("", "  按 Ctrl-C 停止。  Ctrl-C stops it.", "")


def _show_setup_code(variables: dict[str, str]) -> None:
    """While nobody can sign in yet, the page of the first user asks for this code."""
    command = [str(environment.python()), str(PROJECT / "manage.py"), "setup_code"]
    told = subprocess.run(command, cwd=PROJECT, env=variables, capture_output=True, text=True)
    for line in told.stdout.splitlines():
        say(f"  {line}")

"""What is missing (还缺什么) before the house may hold real residents' data; asked by check_deploy."""

import json
import os
import shutil
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core import checks
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone
from django_otp.plugins.otp_totp.models import TOTPDevice
from django_tasks_db.models import DBTaskResult

from liren.core.accounts.models import Post
from liren.core.accounts.roles import ROLES, SYSTEM_ROLES

from .backup import LAST

OLDEST_BACKUP = timedelta(hours=50)  # daily, and one may be missed
LEAST_SPACE = 5 * 10**9
LOOPBACK = {"localhost", "127.0.0.1", "[::1]"}
# Said in our own words below, or done by the proxy that also carries the certificate.
COVERED = [
    "security.W004",
    "security.W008",
    "security.W012",
    "security.W016",
    "security.W021",
    "security.W005",
]


@dataclass(frozen=True)
class Finding:
    """One thing looked at: whether it has to be mended, should be, or is well."""

    state: str  # missing, advice, well
    text: str


def missing(text: str) -> Finding:
    return Finding("missing", text)


def advice(text: str) -> Finding:
    return Finding("advice", text)


def well(text: str) -> Finding:
    return Finding("well", text)


def address() -> Iterator[Finding]:
    if settings.DEVELOPMENT or settings.DEBUG:
        yield missing("开发模式开着：去掉 LIREN_DEVELOPMENT")
    if not set(settings.ALLOWED_HOSTS) - LOOPBACK:
        yield missing("没有设置访问域名：LIREN_HOSTS=liren.example.gov.cn")
    elif "*" in settings.ALLOWED_HOSTS:
        yield missing("LIREN_HOSTS 不能是 *，请写明域名")
    if not settings.BEHIND_TLS:
        yield missing("没有启用 HTTPS：前面放一个带证书的反向代理，并设置 LIREN_TLS=1")
    else:
        yield well("HTTPS 已启用，登录凭证只经加密连接发送")
    plain = [origin for origin in settings.CSRF_TRUSTED_ORIGINS if not origin.startswith("https://")]
    if plain:
        yield missing(f"LIREN_ORIGINS 里有不加密的来源：{'、'.join(plain)}")


def folder() -> Iterator[Finding]:
    data = settings.DATA_DIR
    keys = sorted((data / "keys").glob("*"))
    open_to_others = [path.name for path in [data, data / "keys", *keys] if path.exists() and _open(path)]
    if open_to_others:
        yield missing(f"其他账户能读到 {'、'.join(open_to_others)}：chmod -R go= {data}")
    else:
        yield well("数据目录和密钥只有运行账户能读")
    if os.geteuid() == 0:
        yield advice("正在用 root 运行：请为里仁单独建一个系统账户")
    free = shutil.disk_usage(data).free
    if free < LEAST_SPACE:
        yield missing(f"数据盘只剩 {free / 1e9:.1f} GB，至少留出 5 GB")


def _open(path: Path) -> bool:
    return bool(stat.S_IMODE(path.stat().st_mode) & 0o077)


def database() -> Iterator[Finding]:
    executor = MigrationExecutor(connection)
    left = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if left:
        yield missing(f"数据库还有 {len(left)} 项变更没有执行：bin/manage migrate")
    if connection.vendor == "sqlite":
        yield advice("使用 SQLite：一个社区足够；街道和区请用 PostgreSQL（LIREN_DATABASE_URL）")
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('server_version_num')::int / 10000, rolsuper FROM pg_roles"
                       " WHERE rolname = current_user")  # fmt: skip
        version, superuser = cursor.fetchone()
    if version < 15:
        yield missing(f"PostgreSQL {version} 太旧，需要 15 或更新")
    if superuser:
        yield missing("连接数据库用的是超级用户：请建一个只拥有本库的账户")


def backups() -> Iterator[Finding]:
    try:
        last = json.loads((settings.DATA_DIR / LAST).read_text())
    except (OSError, ValueError):
        yield missing("还没有做过备份：bin/manage backup 目录，并安排每天一次")
        return
    age = timezone.now() - datetime.fromisoformat(last["at"])
    file = Path(last["file"])
    if age > OLDEST_BACKUP:
        yield missing(f"最近一次备份已是 {age.days} 天前：检查每天的备份任务")
    elif not file.exists():
        yield missing(f"最近一次备份的文件不见了：{file}")
    else:
        yield well(f"最近一次备份：{last['at']}")
    if file.exists() and file.stat().st_dev == settings.DATA_DIR.stat().st_dev:
        yield advice("备份和数据在同一块磁盘上：请再抄一份到别处")
    if not last["keys"]:
        yield advice("备份不含密钥：确认 keys/ 已另行保管，并试过恢复")


def accounts() -> Iterator[Finding]:
    if settings.DEMO:
        yield missing("这是演示数据，演示账号的密码人人知道：请用新的数据目录和 bin/serve --empty 开始")
    if not get_user_model().objects.exists():
        yield missing("还没有任何账号：打开首页，用启动时打印的一次性口令建立第一个账号")
        return
    held = Post.objects.current().filter(user__is_active=True)
    for key in sorted(SYSTEM_ROLES - set(held.values_list("role", flat=True))):
        yield advice(f"没有人担任{ROLES[key].name}：三权分立要求系统、安全、审计三员各由专人担任")
    guarded = TOTPDevice.objects.filter(confirmed=True).values("user")
    bare = (
        held.filter(role__in=SYSTEM_ROLES).exclude(user__in=guarded).values_list("user__username", flat=True)
    )
    if bare:
        yield missing(f"这些管理账号没有打开两步登录：{'、'.join(sorted(set(bare)))}")
    else:
        yield well("担任三员的账号都打开了两步登录")


def running() -> Iterator[Finding]:
    if not (settings.STATIC_ROOT / "staticfiles.json").exists():
        yield missing("页面文件没有整理：用 bin/serve 启动，或运行 bin/manage prepare static")
    late = timezone.now() - timedelta(minutes=10)
    waiting = DBTaskResult.objects.ready().filter(enqueued_at__lt=late).count()
    if waiting:
        yield missing(f"有 {waiting} 项后台任务等了 10 分钟以上：后台进程没有在运行")
    else:
        yield well("没有积压的后台任务")
    if settings.LIREN_SMS == "console":
        yield missing("短信只写在控制台和日志里，验证码谁都看得到：设置 LIREN_SMS（docs/operate/notices.md）")


def framework() -> Iterator[Finding]:
    found = checks.run_checks(include_deployment_checks=True)
    grave = [each for each in found if each.id not in COVERED and each.level >= checks.WARNING]
    for message in grave:
        yield missing(f"{message.id}：{message.msg}")
    if not grave:
        yield well("没有发现问题")


AREAS: dict[str, Callable[[], Iterator[Finding]]] = {
    "访问与加密": address,
    "数据目录": folder,
    "数据库": database,
    "备份": backups,
    "账号": accounts,
    "运行": running,
    "框架自检": framework,
}

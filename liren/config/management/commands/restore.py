"""restore (恢复): an archive back into an empty data folder."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from liren.config.backup import BackupTrouble
from liren.config.restoring import restore


class Command(BaseCommand):
    """restore (恢复): verifies an archive and puts it in place."""

    help = "把一份备份恢复到空的数据目录（和空的数据库）"
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="备份文件 liren-….tar.gz")
        parser.add_argument("--keys", type=Path, help="密钥目录，备份不含密钥时需要")

    def handle(self, *args: Any, file: Path, keys: Path | None, **options: Any) -> None:
        try:
            manifest = restore(file, keys=keys)
        except BackupTrouble as trouble:
            raise CommandError(str(trouble)) from None
        self.stdout.write(
            f"已恢复到 {manifest['made_at']} 的状态：{len(manifest['files'])} 个文件校验无误，数据目录 {settings.DATA_DIR}。"
        )
        self.stdout.write(
            "下一步：bin/serve 会补上新版本的数据库变更并启动；bin/manage verify_trace 可核对留痕。"
        )

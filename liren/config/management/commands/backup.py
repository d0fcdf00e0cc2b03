"""backup (备份): the whole house in one file."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from liren.config import backup
from liren.core.audit.actions import record


class Command(BaseCommand):
    """backup (备份): database, keys and files into one archive in a folder."""

    help = "把数据库、密钥和附件备份成一个文件，可在系统运行时进行"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path, help="放备份的目录，应在数据目录之外，最好在另一块磁盘上")
        parser.add_argument(
            "--without-keys", action="store_true", help="不含密钥（密钥须另行妥善保管，否则无法恢复）"
        )
        parser.add_argument("--keep", type=int, default=0, metavar="N", help="只保留最近 N 份，更早的删除")

    def handle(self, *args: Any, folder: Path, without_keys: bool, keep: int, **options: Any) -> None:
        record("system.backup", keys=not without_keys, by=None)
        try:
            made = backup.make(folder, keys=not without_keys)
        except backup.BackupTrouble as trouble:
            raise CommandError(str(trouble)) from None
        self.stdout.write(f"备份完成：{made}（{made.stat().st_size / 1e6:.1f} MB）")
        if without_keys:
            self.stdout.write("这份备份不含密钥；请把数据目录里的 keys/ 另行保管，没有它加密内容无法恢复。")
        else:
            self.stdout.write("备份里有密钥和居民资料，请像保管公章一样保管它。")
        for old in sorted(folder.glob("liren-*.tar.gz"), reverse=True)[keep:] if keep else []:
            old.unlink()
            self.stdout.write(f"已删除旧备份：{old.name}")

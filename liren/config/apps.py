from django.apps import AppConfig


class HouseConfig(AppConfig):
    name = "liren.config"
    label = "config"
    verbose_name = "里仁"

    def ready(self) -> None:
        from . import logs

        logs.start()

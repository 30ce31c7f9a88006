"""The site as a Django app, so that its own system checks are known to every command."""

from django.apps import AppConfig


class CanvasappConfig(AppConfig):
    """Has no tables; loads the checks."""

    name = "canvasapp"

    def ready(self) -> None:
        from canvasapp import checks  # noqa: F401 - registers by being imported

"""The product as a Django app."""

from importlib import import_module
from typing import ClassVar

from django.apps import AppConfig


class PartnersConfig(AppConfig):
    """Loads, once models are ready, everything that registers itself: kinds of event, reactions, fragments, checks."""

    name = "partners"
    default_auto_field = "django.db.models.BigAutoField"
    registering: ClassVar[tuple[str, ...]] = (
        "partners.workspaces.events",
        "partners.canvases.events",
        "partners.canvases.reactions",
        "partners.canvases.fragments",
        "partners.canvases.inverses",
        "partners.facilitation.events",
        "partners.value_fit.events",
        "partners.value_fit.reactions",
        "partners.value_fit.fragments",
        "partners.value_fit.inverses.declarations",
        "partners.value_fit.inverses.joint",
        "partners.value_fit.inverses.pairs",
        "partners.hypotheses.events",
        "partners.hypotheses.deleting",
        "partners.hypotheses.reactions",
        "partners.hypotheses.inverses",
        "partners.outcome.events",
        "partners.outcome.reactions",
        "partners.outcome.inverses",
        "partners.history.events",
        "partners.history.inverses",
        "partners.live.reactions",
    )

    def ready(self) -> None:
        for module in self.registering:
            import_module(module)

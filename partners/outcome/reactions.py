"""How the things of an outcome are numbered when they change."""

from __future__ import annotations

from partners.events import log
from partners.outcome.models import NextStep

log.stamps("next_step", NextStep)

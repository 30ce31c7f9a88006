"""How ideas, tests, learning cards and their rhythm are numbered when they change."""

from __future__ import annotations

from partners.events import log
from partners.hypotheses.models import BigQuestion, Iteration, LearningCard, SynergyHypothesis, TestCard

log.stamps("hypothesis", SynergyHypothesis)
log.stamps("test_card", TestCard)
log.stamps("learning_card", LearningCard)
log.stamps("iteration", Iteration)
log.stamps("big_question", BigQuestion)

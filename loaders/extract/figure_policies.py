"""Policies and the places they hold for: which plan can set goals for which subjects."""

from __future__ import annotations

import re

from aikg.loaders.extract.figure_subjects import Subjects
from aikg.loaders.extract.mentions import Mention

__all__ = ["PLAN_OF_YEARS", "area_of", "same_area"]

PLAN_OF_YEARS = re.compile(r"十[一二三四五六]五[”\"]?(?:时期)?(?:规划|计划)(?:建议|纲要)?$")


def area_of(policy: Mention) -> tuple[Mention, ...]:
    """The place that a policy holds for, as a tuple of one or none: 我市 in a plan of Zibo is Zibo."""
    place = policy.place
    if place is None or PLAN_OF_YEARS.search(policy.name):
        return ()
    return (Mention(policy.start, policy.end, place.label, place.name, place.id, place, confidence=0.75),)


def same_area(policy: Mention, subjects: Subjects) -> bool:
    """Whether a policy can set goals for the subjects: a plan of Beijing sets none for Chengdu."""
    place = subjects.place
    if policy.place is None or place is None or place.place is None:
        return True
    ours, theirs = policy.place.code, place.place.code
    return not ours[:2].isdigit() or not theirs[:2].isdigit() or ours[:2] == theirs[:2]

"""The judgement: marks given alone, marks agreed, the result, the award."""

from evaluations.models.consequences import ParticipationNote, ReferencePopulation
from evaluations.models.decisions import Award, Programme, Result
from evaluations.models.judging import AgreedMark, Declaration, Mark, Marking

__all__ = [
    "AgreedMark",
    "Award",
    "Declaration",
    "Mark",
    "Marking",
    "ParticipationNote",
    "Programme",
    "ReferencePopulation",
    "Result",
]

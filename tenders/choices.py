"""What an officer chooses between when designing a tender."""

from django.db import models


class Opportunity(models.TextChoices):
    """What is decided: one engine serves all three."""

    PROCUREMENT = "procurement", "Procurement"
    BUSINESS_CASE = "business_case", "Business case"
    FUNDING_ROUND = "funding_round", "Funding round"


class Case(models.TextChoices):
    """The five cases of a business case (SSLEP paper, paragraph 21), kept as they are."""

    STRATEGIC = "strategic", "Strategic case"
    ECONOMIC = "economic", "Economic case"
    COMMERCIAL = "commercial", "Commercial case"
    FINANCIAL = "financial", "Financial case"
    MANAGEMENT = "management", "Management case"


class WeightBasis(models.TextChoices):
    """What the social value percentage is a percentage of."""

    OVERALL = "overall", "The overall score"
    QUALITY_ELEMENT = "quality_element", "The quality element"


class PriceMethod(models.TextChoices):
    """How a price earns points; docs/scoring.md has the formulas."""

    FIXED_SCALE = "fixed_scale", "Fixed scale: full points at one price, none at another"
    LOWEST_OVER_BID = "lowest_over_bid", "Lowest price divided by the bid's price"
    LINEAR_FROM_LOWEST = "linear_from_lowest", "Straight line from the lowest price"
    MEAN_BASED = "mean_based", "Distance from the mean price"


class RoundingLevel(models.TextChoices):
    """What is rounded."""

    TOTAL = "total", "The total, once, at the end"
    LINE = "line", "Each line"


class RankOn(models.TextChoices):
    """Which totals decide the order."""

    ROUNDED = "rounded", "The published, rounded totals"
    EXACT = "exact", "The exact totals"


class Group(models.TextChoices):
    """Which part of the score a criterion belongs to. Price is one line of its own."""

    QUALITY = "quality", "Quality"
    SOCIAL_VALUE = "social_value", "Social value"


class Method(models.TextChoices):
    """How an answer earns its points."""

    MARKS = "marks", "Marked by evaluators against the scale"
    TARGET = "target", "By how much of the target is committed"
    MEETS_TARGET = "meets_target", "All or nothing: the target is met or not"


class ContractKind(models.TextChoices):
    """What is bought, as a policy may tell contracts apart."""

    GOODS = "goods", "Goods"
    SERVICES = "services", "Services"
    WORKS = "works", "Works"


class ValueBand(models.TextChoices):
    """How large a thing is, in bands a small firm would think in. Our own, not of any law."""

    TO_50K = "to-50k", "Up to £50,000"
    TO_250K = "to-250k", "More than £50,000, up to £250,000"
    TO_1M = "to-1m", "More than £250,000, up to £1 million"
    TO_5M = "to-5m", "More than £1 million, up to £5 million"
    OVER_5M = "over-5m", "More than £5 million"


class Suitability(models.TextChoices):
    """Whether a planned contract suits social value (Leicester's update, paragraph 5)."""

    SUITABLE = "suitable", "Suitable"
    UNSUITABLE = "unsuitable", "Not suitable"
    UNDECIDED = "undecided", "Not decided"


class Audience(models.TextChoices):
    """Who was asked before a procurement."""

    RESIDENTS = "residents", "Residents"
    GROUP = "group", "A stakeholder group"
    MARKET = "market", "Possible suppliers"
    OTHER = "other", "Others"

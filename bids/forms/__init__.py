"""What is filled in about bids, one file for each subject."""

from bids.forms.alternative import AlternativeForm
from bids.forms.answering import AnswerForm, BasesForm
from bids.forms.checking import CheckForm
from bids.forms.hours import HoursForm
from bids.forms.sending import PriceForm, SubmitForm

__all__ = [
    "AlternativeForm",
    "AnswerForm",
    "BasesForm",
    "CheckForm",
    "HoursForm",
    "PriceForm",
    "SubmitForm",
]

"""What a policy asks of one tender, line by line, in the numbers of its own weights."""

from charter.presenters import duties
from charter.presenters.duties import Row, label_of, outdone_by, untold, words_of
from charter.proportion import Asked
from tenders.policy import asked_words
from tenders.weights import PolicyAnswer

__all__ = ["Row", "label_of", "outdone_by", "told", "untold", "words_of"]


def told(asked: Asked, answer: PolicyAnswer | None = None) -> list[Row]:
    """What binds the tender; with its weights, what each rule comes to in them."""
    required = answer.required if answer else ()
    return duties.told(asked, {one.duty.key: asked_words(one) for one in required})

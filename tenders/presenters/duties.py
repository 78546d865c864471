"""What a policy asks of one tender, line by line, in the numbers of its own weights."""

from charter.presenters import duties
from charter.presenters.duties import Row
from charter.proportion import Asked, Duty
from tenders.policy import asked_words
from tenders.weights import PolicyAnswer


def told(asked: Asked, answer: PolicyAnswer | None = None) -> list[Row]:
    """What binds the tender; with its weights, what each rule comes to in them."""
    better = {one.duty.key: asked_words(one) for one in answer.required} if answer else {}
    if duty := asked.opt_out:
        better[duty.key] = _opt_out_words(duty, asked)
    return duties.told(asked, better)


def _opt_out_words(duty: Duty, asked: Asked) -> str:
    """What leaving social value out needs in this contract, and whose approval."""
    needs = f"Only with evidence {duty.facts['evidence']}"
    if not Asked(asked.contract, asked.duties).is_required:
        return f"{needs}; not needed where social value is not required"
    if not asked.approves_opt_out:
        return f"{needs}; the policy names nobody who approves it"
    if asked.is_approver_named:
        return f"{needs}; approved by {asked.approves_opt_out}"
    who = f"{asked.approves_opt_out}, being accountable"
    return f"{needs}; decided by {who}, since the policy names nobody for it"

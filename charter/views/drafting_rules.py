"""The weighting rules and the clauses of a draft."""

from django.http import Http404
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe

from charter import actions
from charter.clauses import KINDS
from charter.drafting import clause_state, rule_state, with_id
from charter.forms.drafting_rules import (
    ClauseForm,
    EditClauseForm,
    EditRuleForm,
    KindForm,
    RuleForm,
)
from charter.sayings import minimum_words
from charter.views.drafting import back_to, draft_under, form_page, removal, save
from design.entered import entered
from design.words import raised


def scoped_page(request, charter, form, **more):
    """A page with the form of something that may be for some contracts only."""
    return form_page(request, charter, form, template="charter/drafting/rule_form.html", **more)


def found_in(entries, wanted):
    """The rule or clause of an address."""
    found = with_id(entries, wanted)
    if found is None:
        raise Http404
    return found


def kind_called(code):
    """The kind of clause of an address."""
    if code not in KINDS:
        raise Http404
    return KINDS[code]


@require_http_methods(["GET", "POST"])
def add_rule(request, pk):
    """How much social value must count at least, and the clause that says so."""
    charter = draft_under(request, pk)
    form = RuleForm(entered(request), charter=charter)
    if save(request, form, actions.add_rule, "The weighting rule is added.", charter=charter):
        return back_to(charter, "rules")
    heading = "Add a weighting rule"
    return scoped_page(request, charter, form, heading=heading, button="Add the rule")


@require_http_methods(["GET", "POST"])
def edit_rule(request, pk, rule):
    """A weighting rule and its clause."""
    charter = draft_under(request, pk)
    found = found_in(charter.rules, rule)
    initial = EditRuleForm.drawn_from(rule_state(found))
    form = EditRuleForm(entered(request), initial=initial, charter=charter, rule=rule)
    said = "The weighting rule is saved."
    if save(request, form, actions.edit_rule, said, charter=charter, rule=rule):
        return back_to(charter, "rules")
    heading = f"Weighting rule: {minimum_words(found)}"
    return scoped_page(request, charter, form, heading=heading, button="Save the rule")


@require_http_methods(["GET", "POST"])
def remove_rule(request, pk, rule):
    """A weighting rule that is to hold no longer."""
    charter = draft_under(request, pk)
    found = found_in(charter.rules, rule)
    text = "The rule and its clause leave the draft."
    return removal(
        request,
        charter,
        actions.remove_rule,
        title=raised(minimum_words(found)),
        place="rules",
        text=text,
        charter=charter,
        rule=rule,
    )


@require_safe
def choose_kind(request, pk, clause=None):
    """Which kind of clause, for a new one or one that is there; then to its fields."""
    charter = draft_under(request, pk)
    found = found_in(charter.clauses, clause) if clause else None
    chosen = {"kind": found.get("kind", "")} if found else {}
    form = KindForm(request.GET if "kind" in request.GET else None, initial=chosen)
    if form.is_valid():
        kind = form.cleaned_data["kind"]
        if found:
            return redirect("charter:edit_clause_as", pk=pk, clause=clause, kind=kind)
        return redirect("charter:add_clause", pk=pk, kind=kind)
    heading = f"Kind of “{found['heading']}”" if found else "Add a clause"
    more = {"template": "charter/drafting/choose_kind.html", "place": "clauses"}
    return form_page(request, charter, form, heading=heading, button="Continue", **more)


@require_http_methods(["GET", "POST"])
def add_clause(request, pk, kind):
    """A clause of this kind."""
    charter, of = draft_under(request, pk), kind_called(kind)
    form = ClauseForm(entered(request), kind=of)
    if save(request, form, actions.add_clause, "The clause is added.", charter=charter):
        return back_to(charter, f"clause-{form.result['id']}")
    heading = f"Add a clause: {of.label.lower()}"
    return scoped_page(request, charter, form, heading=heading, button="Add the clause")


@require_http_methods(["GET", "POST"])
def edit_clause(request, pk, clause, kind=None):
    """A clause, with the facts of its own kind or of the one just chosen."""
    charter = draft_under(request, pk)
    found = found_in(charter.clauses, clause)
    code = kind or found.get("kind", "")
    if not code:
        return redirect("charter:choose_kind_of", pk=pk, clause=clause)
    initial = EditClauseForm.drawn_from(clause_state(found))
    form = EditClauseForm(entered(request), initial=initial, kind=kind_called(code))
    said = "The clause is saved."
    if save(request, form, actions.edit_clause, said, charter=charter, clause=clause):
        return back_to(charter, f"clause-{clause}")
    more = {"kind": KINDS[code], "clause": found, "place": f"clause-{clause}"}
    return scoped_page(
        request, charter, form, heading=found["heading"], button="Save the clause", **more
    )


@require_http_methods(["GET", "POST"])
def remove_clause(request, pk, clause):
    """A clause that is to hold no longer."""
    charter = draft_under(request, pk)
    found = found_in(charter.clauses, clause)
    return removal(
        request,
        charter,
        actions.remove_clause,
        title=found["heading"],
        place="clauses",
        text="The clause and what is read out of it leave the draft.",
        charter=charter,
        clause=clause,
    )

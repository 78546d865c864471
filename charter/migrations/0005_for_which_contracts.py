"""To which contracts a rule or a clause speaks stands in one table, and no longer among facts.

Only the form of what is kept changes, published versions included: no word and no number does.
"""

from django.db import migrations

# Keys of a rule as it was kept, and the conditions that they became.
OF_A_RULE = {"applies_over": "over", "from": "from", "until": "until"}
# The same for the facts of a clause, by its kind.
OF_A_CLAUSE = {
    "required": {"over": "over"},
    "accountability": {"over": "over"},
    "encouraged": {"up_to": "up_to"},
}


def rule_with_when(rule):
    when = {new: rule[old] for old, new in OF_A_RULE.items() if rule.get(old) is not None}
    rest = {key: value for key, value in rule.items() if key not in OF_A_RULE}
    return _with(rest, "when", {**when, **rule.get("when", {})})


def clause_with_when(clause):
    names = OF_A_CLAUSE.get(clause.get("kind"), {})
    facts = clause.get("facts", {})
    when = {new: facts[old] for old, new in names.items() if old in facts}
    kept = {key: value for key, value in facts.items() if key not in names}
    return _with(_with(clause, "facts", kept), "when", {**when, **clause.get("when", {})})


def rule_as_before(rule):
    when = rule.get("when", {})
    told = {old: when[new] for old, new in OF_A_RULE.items() if new in when}
    # What the earlier form cannot say stays where it is, so that nothing is lost.
    rest = {key: value for key, value in when.items() if key not in OF_A_RULE.values()}
    return _with({**rule, **told}, "when", rest)


def clause_as_before(clause):
    names = OF_A_CLAUSE.get(clause.get("kind"), {})
    when = clause.get("when", {})
    facts = {old: when[new] for old, new in names.items() if new in when}
    rest = {key: value for key, value in when.items() if key not in names.values()}
    return _with(_with(clause, "facts", {**facts, **clause.get("facts", {})}), "when", rest)


def _with(entry, name, table):
    """The entry with this table; without it where the table is empty."""
    rest = {key: value for key, value in entry.items() if key != name}
    return {**rest, name: table} if table else rest


def _convert(apps, rule_into, clause_into):
    for charter in apps.get_model("charter", "Charter").objects.iterator():
        rules = [rule_into(one) for one in charter.rules]
        clauses = [clause_into(one) for one in charter.clauses]
        if (rules, clauses) != (charter.rules, charter.clauses):
            charter.rules, charter.clauses = rules, clauses
            charter.save(update_fields=["rules", "clauses"])


def gather(apps, schema_editor):
    _convert(apps, rule_with_when, clause_with_when)


def scatter(apps, schema_editor):
    _convert(apps, rule_as_before, clause_as_before)


class Migration(migrations.Migration):
    dependencies = [("charter", "0004_name_the_pack")]

    operations = [migrations.RunPython(gather, scatter)]

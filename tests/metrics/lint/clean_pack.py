"""A policy in which nothing is missing, doubtful or contradictory, as three files. All invented."""

from pathlib import Path
from shutil import copytree

from charter.pack import DATA, FRAMEWORKS, PACKS, read_charter
from metrics.checking import findings_in_pack
from metrics.lint import Finding
from metrics.loading import read_metrics

CODE = "harbour-2026"
CHARTER = """
code = "harbour-2026"
version = 1
maturity = "whole"
title = "Harbour Social Value Charter"
place = "Harbour"
purpose = "To say what the Council asks of those it buys from."
published = "The charter prints “2 March 2026”."
adoption = "Adopted by the Council on 2 March 2026, minute 14."
source = "Harbour Council: Social Value Charter, March 2026"
frameworks = ["ppn-002", "sdg"]
mappings_source = "Social Value Charter, appendix A"

[[quadrant]]
code = "G"
title = "Green places"
source = "Social Value Charter, section 1"

[[quadrant.principle]]
code = "G1"
short_title = "More trees"
opening = "Planting trees"
text = "Planting trees where there are few."
mappings.ppn-002 = { primary = 2, related = [] }
mappings.sdg = { primary = 15, related = [] }

[[quadrant.principle]]
code = "G2"
short_title = "Repair"
opening = "Repairing things"
text = "Repairing things before they are thrown away."
mappings.sdg = { primary = 12, related = [] }
"""
RULES = """
[[rule]]
id = "tenth"
minimum_percent = "10"
basis = "overall"
when = { over = "25000" }

[rule.clause]
document = "Social Value Charter"
paragraph = "3"
text = "By our own choice, social value takes at least 10% of the whole score over £25,000."

[[clause]]
id = "aim"
kind = "spend-aim"
heading = "A fifth with small firms"
document = "Social Value Charter"
paragraph = "2"
text = "We aim to spend a fifth with small firms. This is no award criterion of any contract."
facts = { percent = "20", of = "the spending of a year", with = "firms of fewer than 50 people" }

[[clause]]
id = "required"
kind = "required"
heading = "Asked for from £25,000"
document = "Social Value Charter"
paragraph = "3.1"
text = "It is asked for over £25,000 without VAT."
when = { over = "25000" }

[[clause]]
id = "encouraged"
kind = "encouraged"
heading = "Wherever possible"
document = "Social Value Charter"
paragraph = "3.2"
text = "Up to and including £25,000 without VAT it may be asked for."
when = { up_to = "25000" }

[[clause]]
id = "proportion"
kind = "proportionality"
heading = "In proportion"
document = "Social Value Charter"
paragraph = "3.3"
text = "What is asked for is in proportion to the contract."

[[clause]]
id = "most"
kind = "most-metrics"
heading = "Two metrics at most"
document = "Social Value Charter"
paragraph = "3.4"
text = "No tender asks for more than two metrics."
facts = { most = "2" }

[[clause]]
id = "compulsory"
kind = "compulsory"
heading = "One about green places"
document = "Social Value Charter"
paragraph = "3.5"
text = "One of them is about green places."
facts = { among = "G", at_least = "1", waiver = "The director" }

[[clause]]
id = "split"
kind = "split"
heading = "The split"
document = "Social Value Charter"
paragraph = "3.6"
text = "Over £25,000 without VAT, price takes 70%, quality 15% and social value 15% of the score."
facts = { price = "70", quality = "15", social_value = "15" }
when = { over = "25000" }

[[clause]]
id = "opt-out"
kind = "opt-out"
heading = "Leaving it out"
document = "Social Value Charter"
paragraph = "4"
text = "It may be left out where the director approves it in writing."
facts = { evidence = "why nothing could be asked for", approval = "The director" }

[[clause]]
id = "leadership"
kind = "accountability"
heading = "The director answers"
document = "Social Value Charter"
paragraph = "5"
text = "The director answers for contracts over £25,000 without VAT."
facts = { who = "The director" }
when = { over = "25000" }

[[clause]]
id = "cabinet"
kind = "accountability"
heading = "Cabinet answers"
document = "Social Value Charter"
paragraph = "5"
text = "Cabinet answers for contracts over £75,000 without VAT."
facts = { who = "Cabinet" }
when = { over = "75000" }

[[clause]]
id = "delivery"
kind = "delivery"
heading = "Who sees to it"
document = "Social Value Charter"
paragraph = "6"
text = "The head of contracts sees that promises are kept."
facts = { who = "The head of contracts" }

[[clause]]
id = "expectation"
kind = "expectation"
heading = "No child labour"
document = "Social Value Charter"
paragraph = "7"
text = "No supplier lets children work. This is a term of each contract."

[[clause]]
id = "other-measures"
kind = "alternative"
heading = "Other measures"
document = "Social Value Charter"
paragraph = "8"
text = "A bidder may offer another measure, which is scored by the same criterion and scale."

[[clause]]
id = "publication"
kind = "publication"
heading = "Publication"
document = "Social Value Charter"
paragraph = "9"
text = "Promises are published at award. The monitoring officer decides what is kept back, and why."
facts = { when = "at award", subject_to = "commercial sensitivity" }

[[clause]]
id = "report"
kind = "report"
heading = "Report"
document = "Social Value Charter"
paragraph = "10"
text = "A report on the year to March goes to the Council every June."
facts = { by = "The head of contracts" }

[[clause]]
id = "review"
kind = "review"
heading = "Review"
document = "Social Value Charter"
paragraph = "11"
text = "The charter is reviewed every April."
facts = { month = "4" }

[[clause]]
id = "surgeries"
kind = "education"
heading = "Open mornings"
document = "Social Value Charter"
paragraph = "12"
text = "Before each tender there is an open morning for bidders."
"""
METRICS = """
source = "Social Value Charter, appendix B"

[bases.contract_value]
label = "Value of the contract"
unit = "£"
stated_by = "authority"

[bases.tenants]
label = "Tenants of the homes in the contract"
unit = "people"
stated_by = "authority"

[[metric]]
number = 1
principle = "G1"
short_title = "Trees"
wording = "Trees planted for every £1,000,000 of the contract's value"
target_text = "20 for every £1,000,000, part of it counting in proportion"
evidence_text = "Photographs and invoices"
answered_by = "procurement"
measure.id = "m1"
measure.target = { kind = "ratio", value = "20", per = "1000000", base = "contract_value" }

[[metric.quantity]]
id = "m1"
label = "Trees planted"
unit = "trees"

[[metric]]
number = 2
principle = "G2"
short_title = "Repair sessions"
wording = "Share of tenants who were offered a repair session"
target_text = "80% of tenants"
evidence_text = "Attendance lists without names"
answered_by = "both"
measure = { id = "m2", target = { kind = "share", percent = "80", base = "tenants" } }

[[metric.quantity]]
id = "m2"
label = "Tenants who were offered a repair session"
unit = "people"

[[metric]]
number = 3
principle = "G2"
short_title = "Repair cafés paid for"
wording = "What the Council itself pays towards repair cafés"
target_text = "£1,000"
evidence_text = "Entries in the ledger"
answered_by = "policy"
measure = { id = "m3", target = { kind = "absolute", value = "1000" } }

[[metric.quantity]]
id = "m3"
label = "Paid towards repair cafés"
unit = "£"
"""
FILES = {"charter.toml": CHARTER, "rules.toml": RULES, "metrics.toml": METRICS}


def found_in(folder: Path, *changes: tuple[str, str]) -> list[Finding]:
    """What a check finds in the pack once words of it have been changed for others."""
    pack = folder / PACKS / CODE
    pack.mkdir(parents=True)
    copytree(DATA / FRAMEWORKS, folder / FRAMEWORKS)
    texts = dict(FILES)
    for old, new in changes:
        [name] = [name for name, text in texts.items() if text.count(old) == 1]
        texts[name] = texts[name].replace(old, new)
    for name, text in texts.items():
        (pack / name).write_text(text, encoding="utf-8")
    words = read_charter(CODE, data=folder)
    return findings_in_pack(
        words, read_metrics(CODE, principles=words.principle_codes, data=folder)
    )


def spoilt(folder: Path, *changes: tuple[str, str]) -> list[tuple[str, str, str]]:
    """The same in short: what is found, how grave it is, and of what."""
    return [(one.code, one.severity, one.subject) for one in found_in(folder, *changes)]

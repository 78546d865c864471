"""How each kind of opportunity is spoken of: one engine, and the words of the trade."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Words:
    """What a reader is told instead of "tender", "bid", "bidder", "price" and "contract"."""

    noun: str
    # One sentence for an officer who chooses between the kinds.
    explained: str
    # What policy is asked about.
    subject: str
    about: str
    need: str
    wrong_need: str
    bid: str
    bids: str
    bidder: str
    bidders: str
    take_part: str
    to_take_part: str
    start: str
    value: str
    value_hint: str
    wrong_value: str
    wrong_length: str
    starts_on: str
    length: str
    price: str
    # The same, once it was agreed.
    price_paid: str
    your_price: str
    price_label: str
    wrong_price: str
    price_hint: str
    price_note: str
    best: str
    agreement: str
    decision: str
    # The state in which it is decided.
    awarded: str
    # What comes next, by the letter of each state (tenders.states.State).
    next_steps: Mapping[str, str]
    # The most that may be asked for, as a refusal names it; empty where a bid may ask for more.
    most: str = ""

    @property
    def sent_from(self) -> str:
        """From when they may be sent, as a label."""
        return f"{self.bids.capitalize()} may be sent from"

    @property
    def see_it(self) -> str:
        """The link by which an officer reads the public page beforehand."""
        return f"See it as {self.bidders} will"

    @property
    def heading(self) -> str:
        """The noun, where it stands before a title or on a tab."""
        return self.noun.capitalize()

    def tab(self, text: str) -> str:
        """The name of a page of it, in these words."""
        return {"Tender": self.heading, "Bids": self.bids.capitalize()}.get(text, text)

    @property
    def all_of_it(self) -> str:
        """The link back to everything that was sent."""
        return f"{self.bids.capitalize()} of this {self.noun}"

    @property
    def open_them(self) -> str:
        """What the two people do who unseal them."""
        return f"Open the {self.bids}"

    @property
    def lock(self) -> str:
        """What the chair's last button says."""
        return f"Lock and rank the {self.bids}"

    @property
    def go_on(self) -> str:
        """What the button says that leads back to what was begun."""
        return f"Continue your {self.bid}"

    @property
    def start_it(self) -> str:
        """What the contract manager's first button says."""
        return f"Start the {self.agreement}"

    @property
    def notice(self) -> str:
        """The title of the public page that tells what came of it."""
        return self.decision.capitalize()

    @property
    def back(self) -> str:
        """The link back to its page."""
        return f"Back to the {self.noun}"

    @property
    def cancel_it(self) -> str:
        """What the button says that ends it."""
        return f"Cancel the {self.noun}"

    @property
    def least(self) -> str:
        """The title of the page on minimums."""
        article = "an" if self.bid[0] in "aeiou" else "a"
        return f"Least {article} {self.bid} must reach"

    @property
    def take_back(self) -> str:
        """What the button says that withdraws one."""
        return f"Take the {self.bid} back"

    def state(self, label: str) -> str:
        """The label of a state (tenders.states.State), in these words."""
        agreement, awarded = self.agreement.capitalize(), self.awarded
        said = {"bids": self.bids, "Contract": agreement, "Awarded": awarded}
        return " ".join(said.get(word, word) for word in label.split(" "))

    @property
    def submit(self) -> str:
        """What the last button says."""
        return f"Submit the {self.bid}"

    @property
    def accepting(self) -> str:
        """What whoever submits agrees to."""
        return f"By sending this {self.bid} you accept these conditions of the {self.agreement}"

    @property
    def cancelled(self) -> str:
        """What is said of one that was cancelled."""
        return f"This {self.noun} was cancelled."


CANCELLED = "Nothing: this {} was cancelled"
PROCUREMENT = Words(
    noun="tender",
    explained="You buy goods, services or works. Bidders offer a price, quality and social value; "
    "the best bid wins the contract.",
    subject="contract",
    about="What is bought",
    need="What is to be bought, and for whom",
    wrong_need="Enter what is to be bought, and for whom.",
    bid="bid",
    bids="bids",
    bidder="bidder",
    bidders="bidders",
    take_part="Bid for this",
    to_take_part="bid",
    start="Start a bid",
    value="Contract value",
    value_hint="Over its whole life, without VAT. Policy rules and targets go by it.",
    wrong_value="Enter the contract value over its whole life, above £0, for example £1,250,000.",
    wrong_length="Enter how many months the contract lasts",
    starts_on="First day of the contract",
    length="Length of the contract",
    price="Price",
    price_paid="Price",
    your_price="Your price",
    price_label="Price for the whole contract",
    wrong_price="Price must be above £0. Enter what you would charge",
    price_hint="In pounds, without VAT, for example 1,250,000 or 1250.50",
    price_note="Your price is kept apart from your answers. Nobody at {} sees it until every mark "
    "has been agreed and locked. Do not repeat it in your answers.",
    best="The best bid has the most points out of 100.",
    agreement="contract",
    decision="award notice",
    awarded="Awarded",
    next_steps={
        "D": "An officer completes the draft and publishes it",
        "P": "Bids may be sent from opening time",
        "O": "Bids close and stay sealed until two people open them",
        "C": "An officer and the chair each open the bids",
        "E": "Evaluators mark alone; then the chair opens moderation",
        "R": "The panel agrees each mark; then the chair locks and the bids are ranked",
        "M": "An officer recommends an award and another person approves it",
        "A": "The contract manager starts the contract",
        "L": "The supplier reports what it delivers",
        "X": CANCELLED.format("tender"),
    },
)
BUSINESS_CASE = Words(
    noun="business case call",
    explained="You judge a business case for a project before paying for it. The five cases are "
    "marked, social value with them; the price earns no points.",
    subject="business case",
    about="What the business case is for",
    need="What the project is to bring about, and for whom",
    wrong_need="Enter what the project is to bring about, and for whom.",
    bid="business case",
    bids="business cases",
    bidder="promoter",
    bidders="promoters",
    take_part="Send a business case",
    to_take_part="send a business case",
    start="Start a business case",
    value="Most that may be asked for",
    value_hint="In pounds, over the whole project. Policy rules and targets go by it.",
    wrong_value="Enter the most that may be asked for, above £0, for example £1,250,000.",
    wrong_length="Enter how many months the project lasts",
    starts_on="First day of the project",
    length="Length of the project",
    price="Funding asked for",
    price_paid="Funding",
    your_price="The funding you ask for",
    price_label="Funding asked for",
    wrong_price="Funding asked for must be above £0. Enter what the project needs",
    price_hint="In pounds, over the whole project, for example 1,250,000 or 1250.50",
    price_note="It earns no points. What is entered here is kept apart from your answers: nobody "
    "at {} sees it here until every mark has been agreed and locked.",
    best="A business case earns points out of 100. The funding asked for earns none.",
    agreement="funding agreement",
    decision="decision",
    awarded="Decided",
    next_steps={
        "D": "An officer completes the draft and publishes it",
        "P": "Business cases may be sent from opening time",
        "O": "Business cases stay sealed until two people open them",
        "C": "An officer and the chair each open the business cases",
        "E": "Evaluators mark alone; then the chair opens moderation",
        "R": "The panel agrees each mark; then the chair locks and the points are worked out",
        "M": "An officer recommends a decision and another person approves it",
        "A": "The contract manager starts the funding agreement",
        "L": "The promoter reports what it delivers",
        "X": CANCELLED.format("business case call"),
    },
    most="the most that may be asked for",
)
FUNDING_ROUND = Words(
    noun="funding round",
    explained="You share a budget between projects, and more apply than it can pay for. The best "
    "set of projects under the budget is chosen.",
    subject="funding round",
    about="What is funded",
    need="What the round is to bring about, and who may apply",
    wrong_need="Enter what the round is to bring about, and who may apply.",
    bid="application",
    bids="applications",
    bidder="applicant",
    bidders="applicants",
    take_part="Apply for this",
    to_take_part="apply",
    start="Start an application",
    value="Budget of the round",
    value_hint="In pounds, for all its projects together. Policy rules and targets go by it.",
    wrong_value="Enter the budget of the round, above £0, for example £1,250,000.",
    wrong_length="Enter how many months the projects may last",
    starts_on="First day of the projects",
    length="Length of the projects",
    price="Funding asked for",
    price_paid="Funding",
    your_price="The funding you ask for",
    price_label="Funding asked for",
    wrong_price="Funding asked for must be above £0. Enter what the project needs",
    price_hint="In pounds, over the whole project, for example 250,000 or 1250.50",
    price_note="It earns no points, and it counts against the budget of the round. What is "
    "entered here is kept apart from your answers: nobody at {} sees it here until every mark has "
    "been agreed and locked.",
    best="Each application earns points out of 100. The funding asked for earns none; the best "
    "set of projects that the budget pays for is chosen.",
    agreement="funding agreement",
    decision="decision",
    awarded="Decided",
    next_steps={
        "D": "An officer completes the draft and publishes it",
        "P": "Applications may be sent from opening time",
        "O": "Applications close and stay sealed until two people open them",
        "C": "An officer and the chair each open the applications",
        "E": "Evaluators mark alone; then the chair opens moderation",
        "R": "The panel agrees each mark; then the chair locks and the applications are ranked",
        "M": "An officer recommends which projects to fund and another person approves it",
        "A": "The contract manager starts each funding agreement",
        "L": "Each funded project reports what it delivers",
        "X": CANCELLED.format("funding round"),
    },
    most="the budget of the round",
)
WORDS = {
    "procurement": PROCUREMENT,
    "business_case": BUSINESS_CASE,
    "funding_round": FUNDING_ROUND,
}

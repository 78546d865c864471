"""What happens to frameworks: every shipped edition is kept, once and for good."""

from datetime import datetime
from pathlib import Path

from django.db import transaction

from accounts.access import Conflict
from accounts.models import User
from charter.framework_files import FRAMEWORKS, FrameworkData, read_frameworks
from charter.models import Framework, Theme
from records import audit


@transaction.atomic
def load_frameworks(*, by: User | None, at: datetime, folder: Path = FRAMEWORKS) -> int:
    """Keep every edition that ships, and say how many are new; a changed file is refused."""
    return sum([keep_framework(data=data, by=by, at=at) for data in read_frameworks(folder)])


@transaction.atomic
def keep_framework(*, data: FrameworkData, by: User | None, at: datetime) -> bool:
    """Write an edition down, once; a changed one needs a code of its own."""
    told = {"title": data.title, "member": data.member, "source": data.source, "note": data.note}
    framework, is_new = Framework.objects.get_or_create(code=data.code, defaults=told)
    if is_new:
        Theme.objects.bulk_create(
            [
                Theme(framework=framework, number=it.number, title=it.title, colour=it.colour)
                for it in data.themes
            ]
        )
        audit.record(verb="framework.kept", by=by, target=framework, at=at)
        return True
    held = [(it.number, it.title, it.colour) for it in framework.themes.order_by("number")]
    same_words = all(getattr(framework, key) == value for key, value in told.items())
    if not same_words or sorted((it.number, it.title, it.colour) for it in data.themes) != held:
        raise Conflict(
            f"The framework {data.code} is loaded already and its file has changed. "
            "Charters are mapped to it: give the changed one a code of its own."
        )
    return False

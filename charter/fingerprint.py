"""What stands for a whole state: who has seen it has seen this. Pure but for the encoder."""

import hashlib
import json

from django.core.serializers.json import DjangoJSONEncoder


def fingerprint(state: object) -> str:
    """SHA-256: the same for the same state, and for no other."""
    canonical = json.dumps(state, cls=DjangoJSONEncoder, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(canonical.encode()).hexdigest()

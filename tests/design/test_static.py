"""The vendored files: whole, free of what we may not use, and servable with hashes."""

import re

import pytest
from django.conf import settings
from django.core.management import call_command

VENDOR = settings.BASE_DIR / "static" / "vendor"


def test_every_file_a_style_names_is_there(settings, tmp_path):
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
    }

    call_command("collectstatic", interactive=False, verbosity=0)

    assert (tmp_path / "staticfiles.json").exists()


@pytest.mark.parametrize("name", ["govuk-frontend.css", "govuk-frontend.js"])
def test_the_design_system_brings_no_font_crown_or_map_of_its_own(name):
    text = (VENDOR / "govuk" / name).read_text()

    assert re.findall(r"GDS Transport|crest|@font-face|sourceMappingURL", text) == []


@pytest.mark.parametrize("licence", ["govuk/LICENSE.txt", "source-sans-3/OFL.txt"])
def test_what_is_vendored_carries_its_licence(licence):
    assert (VENDOR / licence).stat().st_size > 500


def test_no_style_of_ours_reaches_another_host():
    for sheet in (settings.BASE_DIR / "static" / "css").glob("*.css"):
        assert "//" not in re.sub(r"/\*.*?\*/", "", sheet.read_text(), flags=re.DOTALL), sheet

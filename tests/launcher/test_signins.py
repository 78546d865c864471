"""The sign-ins printed when the trial is ready."""

from scripts.launcher.signins import shorten, sign_in_lines


def person(role, email, **details):
    return {"role": role, "email": email, "password": "pass", "totp_secret": None, **details}


def test_each_role_is_shown_once_with_its_organisation():
    people = [
        person("officer", "olive@lep.example", authority="LEP"),
        person("bidder", "ben@a.example", company="A Ltd"),
        person("bidder", "bea@b.example", company="B Ltd"),
    ]

    assert sign_in_lines(people) == [
        "Role     Organisation  E-mail             Password",
        "officer  LEP           olive@lep.example  pass",
        "bidder   A Ltd         ben@a.example      pass",
    ]


def test_a_second_factor_is_shown_when_somebody_has_one():
    lines = sign_in_lines([person("chair", "c@x.example", totp_secret="ABC")])

    assert lines == [
        "Role   E-mail       Password  TOTP secret",
        "chair  c@x.example  pass      ABC",
    ]


def test_a_long_name_does_not_push_the_password_off_the_screen():
    assert shorten("Stoke-on-Trent and Staffordshire Enterprise Partnership") == (
        "Stoke-on-Trent and Staffordshire …"
    )

"""The page that checks a receipt, for the test that fills every form in."""

FORMS = (("E", "anon", "bids:check_receipt"),)
LOOKED_AT = {"bids:canonical"}

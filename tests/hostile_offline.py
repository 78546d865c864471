"""The pages around a bid's workbook, for the test that fills every form in."""


def own_bid(world):
    return world.own_bid.pk


# State, who, page, what its address is made of.
FORMS = (
    ("O", "bidder_own", "bids:offline", own_bid),
    ("O", "bidder_own", "bids:apply_offline", own_bid),
)
LOOKED_AT = {"bids:export", "bids:offline_file", "bids:practice"}

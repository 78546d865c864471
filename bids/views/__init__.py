"""Pages of bids: the bidder's desk and draft, sending and receipt, the authority's reading."""

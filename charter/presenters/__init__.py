"""What the pages of charters show, gathered from the records; nothing here decides."""

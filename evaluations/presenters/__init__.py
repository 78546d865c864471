"""What the pages of evaluation show, gathered from the records; nothing here decides."""

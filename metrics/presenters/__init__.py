"""What the pages of metrics show, gathered from the records; nothing here decides."""

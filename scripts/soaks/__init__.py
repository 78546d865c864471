"""What no test has the time for: the product under load, and a report that counts what broke."""

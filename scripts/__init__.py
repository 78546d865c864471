"""What a person or a robot types: run, test, manage, personas."""

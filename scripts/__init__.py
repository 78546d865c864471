"""What a person or a robot types: run, test, soak, manage, personas."""

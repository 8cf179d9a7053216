"""Relations that the words of a report state between its numbers: each is held if any of the numbers within reach give it."""

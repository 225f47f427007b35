"""Commands that start or rehearse the product as a whole; they stand above tracker and events."""

"""What ``make bench`` runs: each line is a ratio against a yardstick measured in the same run."""

"""What leaves, field by field. A column that is not named here stays inside."""

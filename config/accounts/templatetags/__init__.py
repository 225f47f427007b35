"""Words about accounts in templates."""

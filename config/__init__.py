"""What turns the project on: settings, addresses, the Celery app. Empty, so that reading it starts nothing."""

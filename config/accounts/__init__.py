"""Who may come in and how: sign-in with a second factor, sessions, lock-out, and the history of accounts.

It stands in ``config`` because it is wiring of Django and django-allauth around the desk; nothing below needs it.
"""

"""Who may do what: roles as a table of rights, and which rows an account reaches."""

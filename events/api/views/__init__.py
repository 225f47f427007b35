"""One class an address; each only says which rows, which answer, which parameters."""

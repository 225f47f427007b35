"""The four stages of a look, one file each. None raises for what the network does."""

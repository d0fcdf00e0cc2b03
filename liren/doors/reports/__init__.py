"""The door 数字与简报: figures of the ledger on one page, each opening its list; the monthly brief; figures as a file."""

"""How the house is made ready, started and checked. Standard library only: it runs before anything is installed."""

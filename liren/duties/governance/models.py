"""Django looks for models here; each room keeps its own."""

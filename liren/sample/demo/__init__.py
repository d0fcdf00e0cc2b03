"""Demo (演示社区): an invented community of handbook size, the same on every machine."""

from .loading import load_demo

__all__ = ["load_demo"]
